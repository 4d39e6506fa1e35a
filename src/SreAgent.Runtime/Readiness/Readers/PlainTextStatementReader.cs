using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Prose;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What plain text and reStructuredText say. Only where a name tells of prose: most <c>.txt</c> files are data.</summary>
internal sealed class PlainTextStatementReader : IStatementReader
{
    private static readonly string[] Names = ["readme", "install", "operations", "runbook", "playbook", "upgrad", "troubleshoot", "operating", "maintain"];

    public bool Reads(SourceEntry file)
    {
        var name = Path.GetFileNameWithoutExtension(file.Path);
        return file.Path.EndsWith(".rst", StringComparison.OrdinalIgnoreCase)
            || (file.Path.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || !Path.HasExtension(file.Path)) && Array.Exists(Names, known => name.StartsWith(known, StringComparison.OrdinalIgnoreCase));
    }

    public IEnumerable<Statement> Read(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ProseAssembler(text).Assemble(PlainBlocks.Of(text.Lines));
    }
}
