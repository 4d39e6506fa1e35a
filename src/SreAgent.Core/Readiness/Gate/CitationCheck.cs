namespace SreAgent.Core.Readiness.Gate;

/// <summary>Reads every cited place again and says which citations do not hold.</summary>
/// <param name="head">The subject as it is now.</param>
/// <param name="heldTo">In which statements citations must lie. Absent when any text that stands there will do.</param>
internal sealed class CitationCheck(ISourceTree head, StatementsHeldTo? heldTo)
{
    private const int LargestFile = 4 * 1024 * 1024;
    private const int LongestRange = 60;

    private readonly Dictionary<string, CitedFile?> _files = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<string>> FaultsAsync(ReadinessReview review, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        var listed = heldTo is null ? null : await ListedAsync(cancellationToken);
        foreach (var question in review.Questions)
        {
            foreach (var citation in ReviewTexts.CitationsOf(question).Distinct())
            {
                var entry = new SourceEntry(citation.Path, 0);
                var why = listed?.TryGetValue(citation.Path, out entry) == false ? "there is no such file" : WhyNot(citation, await OpenAsync(entry, cancellationToken));
                if (why is not null)
                {
                    faults.Add($"{question.Id} cites {Shown(citation.Path)}:{citation.Line}, and {why}.");
                }
            }
        }

        return faults;
    }

    /// <summary>The citation with all that can be shown of its lines, so that nothing is left out that turns its meaning around. Asked only of one that holds.</summary>
    public async Task<Citation> WholeAsync(Citation citation, CancellationToken cancellationToken) =>
        await OpenAsync(new SourceEntry(citation.Path, 0), cancellationToken) is { } file ? file.Whole(citation) : citation;

    private string? WhyNot(Citation citation, CitedFile? file)
    {
        if (file is null)
        {
            return "it cannot be read as text";
        }

        if (citation.Line < 1 || citation.EndLine < citation.Line || citation.EndLine > file.Text.Lines.Count)
        {
            return $"the lines {citation.Line} to {citation.EndLine} are not all there (it has {file.Text.Lines.Count})";
        }

        if (heldTo is not null && citation.EndLine - citation.Line >= LongestRange)
        {
            return $"that is more than {LongestRange} lines: cite the lines that show it";
        }

        var lines = file.Text.Lines.Skip(citation.Line - 1).Take(citation.EndLine - citation.Line + 1);
        return citation.Quote.Length > Quotation.Longest || !Quotation.Holds(citation.Quote, lines) ? "what is quoted does not stand there"
            : heldTo is not null && !file.IsEnough(citation) ? "what is quoted is too little to show anything: quote the whole statement"
            : heldTo is not null && !file.States(citation) ? "what is quoted is no statement: a heading, a comment, a hint, a promise or an empty field shows nothing"
            : null;
    }

    /// <summary>By path. A commit made by hand may name one twice.</summary>
    private async Task<Dictionary<string, SourceEntry>> ListedAsync(CancellationToken cancellationToken) =>
        (await head.ListAsync(cancellationToken)).Files.DistinctBy(file => file.Path, StringComparer.Ordinal).ToDictionary(file => file.Path, StringComparer.Ordinal);

    private async Task<CitedFile?> OpenAsync(SourceEntry entry, CancellationToken cancellationToken)
    {
        if (!_files.TryGetValue(entry.Path, out var file))
        {
            var bytes = entry.Size > LargestFile ? null : await head.ReadAsync(entry.Path, LargestFile, cancellationToken);
            var text = bytes is { } read ? SourceText.From(entry.Path, read.Span) : null;
            _files[entry.Path] = file = text is null ? null : Cited(entry, text);
        }

        return file;
    }

    private CitedFile Cited(SourceEntry entry, SourceText text)
    {
        var (standing, promised) = heldTo?.Of(entry, text) ?? ([], []);
        return new CitedFile(text, standing, promised);
    }

    private static string Shown(string path) => path.Length <= 200 ? path : path[..200] + "…";
}
