namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>A piece of a document, whatever its format, in the order of the file.</summary>
internal abstract record ProseBlock
{
    private ProseBlock()
    {
    }

    /// <param name="Level">1 is outermost.</param>
    public sealed record Heading(int Level, string Title) : ProseBlock;

    /// <summary>A list item begins. Ends what the item before it opened.</summary>
    /// <param name="Depth">1 for an item of an outermost list.</param>
    public sealed record Item(int Depth) : ProseBlock;

    /// <param name="Depth">0 outside of any list.</param>
    /// <param name="Words">The visible text.</param>
    /// <param name="Lead">How many characters at its beginning are set in bold.</param>
    /// <param name="Box">Of a task list: ticked or not; absent where there is no box.</param>
    /// <param name="Slanted">All of it is set in italics but for what is bold at its beginning, as templates set their hints.</param>
    /// <param name="OnlyLink">It is a link and nothing else.</param>
    public sealed record Paragraph(int Depth, VisibleText Words, int Lead, bool? Box, bool OnlyLink, bool Slanted = false) : ProseBlock;

    /// <param name="Under">The header of its column and the first cell of its row.</param>
    public sealed record Cell(VisibleText Words, IReadOnlyList<string> Under) : ProseBlock;

    /// <param name="Line">First line of what is inside the fence.</param>
    public sealed record Code(int Depth, string Content, string Language, int Line, int EndLine) : ProseBlock;
}
