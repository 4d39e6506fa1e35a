using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Opens Terraform and lets everybody who knows a kind of resource read it.</summary>
internal sealed class TerraformReader(IEnumerable<IResourceStatements> kinds) : IStatementReader
{
    private static readonly LiteralScreen Blocks = new("resource \"", "module \"", "resource\t\"", "resource  ");

    private readonly IResourceStatements[] _kinds = [.. kinds];

    // Nothing is read from networks, roles and policies, which make up most of a configuration.
    private static readonly string[] Silent = ["aws_iam_", "aws_security_group", "aws_route", "aws_subnet", "aws_vpc", "google_project_iam", "google_service_account", "google_compute_firewall", "random_", "null_", "tls_", "local_"];

    public bool Reads(SourceEntry file) => (file.Path.EndsWith(".tf", StringComparison.Ordinal) || file.Path.EndsWith(".tofu", StringComparison.Ordinal));

    public bool MayState(string path, ReadOnlySpan<byte> content) => Blocks.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text) =>
        from block in HclReader.Read(text.Text, IsWanted).Blocks
        from statement in block.Type == "module" ? ModuleStatements.Read(text, block) : _kinds.SelectMany(kind => kind.Read(text, block, block.Labels[0], block.Labels[1]))
        select statement;

    private static bool IsWanted(HclBlock block) => block is { Type: "module", Labels: [_] } || block is { Type: "resource", Labels: [var type, _] } && !Silent.Any(silent => type.StartsWith(silent, StringComparison.Ordinal));
}

/// <summary>What some kinds of resource state.</summary>
internal interface IResourceStatements
{
    /// <param name="resource">The block.</param>
    /// <param name="type">Its first label.</param>
    /// <param name="name">Its second.</param>
    IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name);
}
