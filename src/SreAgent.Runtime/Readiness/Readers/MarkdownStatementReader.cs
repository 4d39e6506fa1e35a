using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Prose;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What Markdown documents say, sentence by sentence.</summary>
internal sealed class MarkdownStatementReader : IStatementReader
{
    public bool Reads(SourceEntry file) =>
        file.Path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".mdx", StringComparison.OrdinalIgnoreCase) || file.Path.EndsWith(".md.erb", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<Statement> Read(SourceText text) => new ProseAssembler(text).Assemble(MarkdownBlocks.Of(text.Text));
}
