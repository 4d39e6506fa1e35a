using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Opens Terraform and lets everybody who knows a kind of resource read it.</summary>
internal sealed class TerraformReader(IEnumerable<IResourceStatements> kinds) : IStatementReader
{
    private static readonly LiteralScreen Blocks = new("resource \"", "module \"", "resource\t\"", "resource  ");

    private readonly IResourceStatements[] _kinds = [.. kinds];

    public bool Reads(SourceEntry file) => (file.Path.EndsWith(".tf", StringComparison.Ordinal) || file.Path.EndsWith(".tofu", StringComparison.Ordinal)) && FileOrigins.Of(file.Path) == FileOrigin.Own;

    public bool MayState(ReadOnlySpan<byte> content) => Blocks.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text) =>
        from block in HclReader.Read(text.Text).Blocks
        where block is { Type: "resource", Labels.Count: 2 }
        from kind in _kinds
        from statement in kind.Read(text, block, block.Labels[0], block.Labels[1])
        select statement;
}

/// <summary>What some kinds of resource state.</summary>
internal interface IResourceStatements
{
    /// <param name="resource">The block.</param>
    /// <param name="type">Its first label.</param>
    /// <param name="name">Its second.</param>
    IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name);
}
