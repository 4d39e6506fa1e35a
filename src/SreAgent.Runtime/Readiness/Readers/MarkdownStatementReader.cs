using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Prose;

namespace SreAgent.Runtime.Readiness.Readers;

/// <summary>What Markdown documents say, sentence by sentence.</summary>
internal sealed class MarkdownStatementReader : IStatementReader
{
    // What is written for a generator of pages or reports is Markdown as well.
    private static readonly string[] Endings = [".md", ".markdown", ".mdx", ".md.erb", ".qmd", ".rmd"];

    public bool Reads(SourceEntry file) => Array.Exists(Endings, ending => file.Path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    public IEnumerable<Statement> Read(SourceText text) => new ProseAssembler(text).Assemble(MarkdownBlocks.Of(text.Text));
}
