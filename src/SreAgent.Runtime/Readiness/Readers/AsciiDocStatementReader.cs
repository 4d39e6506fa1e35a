using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Prose;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What AsciiDoc documents say, sentence by sentence.</summary>
internal sealed class AsciiDocStatementReader : IStatementReader
{
    public bool Reads(SourceEntry file) =>
        file.Path.EndsWith(".adoc", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".asciidoc", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<Statement> Read(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new ProseAssembler(text).Assemble(AsciiDocBlocks.Of(text.Lines));
    }
}
