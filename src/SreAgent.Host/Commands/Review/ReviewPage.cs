using System.Globalization;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Markdown;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Review;

/// <summary>A review for a person at a screen: each verdict, what shows it, and what to write. Everything of the repository is made safe here.</summary>
internal sealed class ReviewPage(IConsoleIo console)
{
    private const int MostCitations = 4;
    private const int MostFindings = 25;
    private const int MostNotLookedAt = 8;
    private const int NarrowestQuote = 24;
    private const string Indent = "    ";

    private readonly Ink _ink = new(console.Colour);
    private readonly int _width = Math.Max(40, console.Width - 1);

    public void Write(ReviewedSubject reviewed)
    {
        var (run, review) = (reviewed.Run, reviewed.Review);
        console.Out.WriteLine($"{_ink.Bold(SafeText.Line(SubjectName.Shown(review.Subject)))}  {_ink.Dim($"{(review.Commit is { } commit ? $"commit {commit[..Math.Min(12, commit.Length)]}" : "no commit")} · by the list of {SafeText.Line(review.Persona)}")}");
        foreach (var question in review.Questions)
        {
            console.Out.WriteLine();
            Question(question);
        }

        if (reviewed.Change is { } change)
        {
            Findings("What the change does in production", change.Impact);
            Findings("What the change makes worse", change.Comparison.NewFindings);
            List("Settled by the change", [.. change.Comparison.SettledFindings.Select(finding => $"{finding.Id}: {finding.Message}")], MostFindings);
            Changes(change.Comparison.Questions);
        }

        Findings("Findings", review.Findings);
        List("Not looked at", review.NotLookedAt, MostNotLookedAt);
        List("Withheld: it may not be published", run.Withheld, int.MaxValue);
        console.Out.WriteLine();
        Conclude(run);
    }

    private void Question(QuestionReview question)
    {
        var (mark, look) = Appearance(question);
        var head = $"{mark} {Word(question.Verdict),-8}  {question.Id}";
        console.Out.WriteLine($"{_ink.On($"{mark} {Word(question.Verdict),-8}", look)}  {_ink.Bold(question.Id)}  {_ink.Dim(SafeText.Line(question.Question, Math.Max(NarrowestQuote, _width - CellWidth.Of(head) - 2)))}");
        foreach (var citation in question.Evidence.Take(MostCitations))
        {
            Cite(citation);
        }

        if (question.Evidence.Count > MostCitations)
        {
            console.Out.WriteLine(_ink.Dim(string.Create(CultureInfo.InvariantCulture, $"{Indent}and {question.Evidence.Count - MostCitations} more {(question.Evidence.Count - MostCitations == 1 ? "place" : "places")} (--json lists them)")));
        }

        Hang(question.NotApplicable is { } reason ? $"does not apply: {reason}" : "", "", Look.Plain);
        Hang(question.Waived is { } waived ? $"waived: {waived}" : "", "", Look.Cyan);
        foreach (var gap in question.Gaps)
        {
            Hang(gap, "→ ", Look.Plain);
        }
    }

    /// <summary>The place is never shortened, so that it can be opened; the quote takes what room is left.</summary>
    private void Cite(Citation citation)
    {
        var place = SafeText.Line(citation.EndLine > citation.Line
            ? string.Create(CultureInfo.InvariantCulture, $"{citation.Path}:{citation.Line}-{citation.EndLine}")
            : string.Create(CultureInfo.InvariantCulture, $"{citation.Path}:{citation.Line}"));
        var kind = citation.Kind is { } words and not "prose" ? $"{SafeText.Line(words)}: " : "";
        var room = _width - Indent.Length - CellWidth.Of(place) - 2;
        var apart = room < NarrowestQuote;
        var quote = SafeText.Line(kind + citation.Quote.ReplaceLineEndings(" "), apart ? _width - Indent.Length - 2 : room);
        console.Out.WriteLine(apart
            ? $"{Indent}{_ink.On(place, Look.Cyan)}{Environment.NewLine}{Indent}  {_ink.Dim(quote)}"
            : $"{Indent}{_ink.On(place, Look.Cyan)}  {_ink.Dim(quote)}");
    }

    private void Changes(IReadOnlyList<QuestionChange> questions) => List(
        "Questions the change moves",
        [.. questions.Where(question => question.Trend != Trend.Same).Select(question => string.Concat(
            $"{question.Id}: {question.Trend.ToString().ToLowerInvariant()}",
            question.Before is { } before && before != question.After ? $", was {Word(before)}, is {Word(question.After)}" : "",
            question.Gained.Count > 0 ? $"; now says {string.Join("; ", question.Gained)}" : "",
            question.Lost.Count > 0 ? $"; no longer says {string.Join("; ", question.Lost)}" : ""))],
        int.MaxValue);

    private void Findings(string heading, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        console.Out.WriteLine();
        console.Out.WriteLine(_ink.Bold(heading));
        foreach (var finding in findings.Take(MostFindings))
        {
            var look = finding.Waived is not null ? Look.Dim : finding.Severity switch { FindingSeverity.Critical or FindingSeverity.High => Look.Red, FindingSeverity.Medium => Look.Yellow, _ => Look.Plain };
            var place = finding.Path is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{finding.Path}{(finding.Line is { } line ? $":{line}" : "")}  ");
            console.Out.WriteLine($"  {_ink.On($"{finding.Severity.ToString().ToLowerInvariant(),-8}", look)}  {_ink.Bold(SafeText.Line(finding.Id))}  {_ink.On(SafeText.Line(place), Look.Cyan)}".TrimEnd());
            Hang(finding.Message, "", Look.Plain, "            ");
            Hang(finding.Waived is { } waived ? $"waived: {waived}" : "", "", Look.Cyan, "            ");
        }

        if (findings.Count > MostFindings)
        {
            console.Out.WriteLine(_ink.Dim(string.Create(CultureInfo.InvariantCulture, $"  and {findings.Count - MostFindings} more (--json lists them)")));
        }
    }

    private void List(string heading, IReadOnlyList<string> lines, int most)
    {
        if (lines.Count == 0)
        {
            return;
        }

        console.Out.WriteLine();
        console.Out.WriteLine(_ink.Bold(heading));
        foreach (var line in lines.Take(most))
        {
            Hang(line, "", Look.Dim, "  ");
        }

        if (lines.Count > most)
        {
            console.Out.WriteLine(_ink.Dim(string.Create(CultureInfo.InvariantCulture, $"  and {lines.Count - most} more (--json lists them)")));
        }
    }

    private void Conclude(ReviewRun run)
    {
        var questions = run.Review.Questions;
        var counts = string.Create(CultureInfo.InvariantCulture, $"{Count(Verdict.Answered)} answered, {Count(Verdict.Partly)} partly, {Count(Verdict.Missing)} missing.");
        var open = questions.Where(question => question.Verdict == Verdict.Missing && question.Waived is null).Select(question => question.Id).ToArray();
        var half = questions.Where(question => question.Verdict == Verdict.Partly && question.Waived is null).Select(question => question.Id).ToArray();
        var word = !run.Publishable ? _ink.On("Withheld.", Look.Red | Look.Bold)
            : open.Length > 0 ? _ink.On($"Not ready: nothing answers {string.Join(", ", open)}.", Look.Red | Look.Bold)
            : half.Length > 0 ? _ink.On($"Nothing is missing, but {string.Join(", ", half)} {(half.Length == 1 ? "is" : "are")} answered only in part.", Look.Yellow | Look.Bold)
            : _ink.On("Ready: no question is left unanswered.", Look.Green | Look.Bold);
        console.Out.WriteLine($"{word} {counts}");

        int Count(Verdict verdict) => questions.Count(question => question.Verdict == verdict);
    }

    /// <summary>Wrapped, later lines under the first word.</summary>
    private void Hang(string text, string mark, Look look, string indent = Indent)
    {
        if (text.Length == 0)
        {
            return;
        }

        var room = Math.Max(NarrowestQuote, _width - indent.Length - mark.Length);
        var first = true;
        foreach (var line in StyledText.Wrap([new Span(SafeText.Line(text), look)], room))
        {
            console.Out.WriteLine($"{indent}{(first ? mark : new string(' ', mark.Length))}{StyledText.Painted(line, _ink)}");
            first = false;
        }
    }

    private static (string Mark, Look Look) Appearance(QuestionReview question) => question switch
    {
        { Verdict: Verdict.Answered } => ("✓", Look.Green),
        { Waived: not null } => ("–", Look.Cyan),
        { Verdict: Verdict.Partly } => ("~", Look.Yellow),
        _ => ("✗", Look.Red),
    };

    private static string Word(Verdict verdict) => verdict.ToString().ToLowerInvariant();
}
