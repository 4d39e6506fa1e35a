namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>What a change makes better or worse: the review of its head against the review of the commit it was made on.</summary>
/// <param name="Questions">All of the head's, in its order.</param>
/// <param name="NewFindings">Those the base does not have and nobody waives, most severe first.</param>
/// <param name="SettledFindings">Those only the base has.</param>
public sealed record ReviewComparison(IReadOnlyList<QuestionChange> Questions, IReadOnlyList<Finding> NewFindings, IReadOnlyList<Finding> SettledFindings)
{
    public bool MakesWorse => NewFindings.Count > 0 || Questions.Any(question => question.Trend is Trend.Worse or Trend.Mixed);

    public bool MakesBetter => SettledFindings.Count > 0 || Questions.Any(question => question.Trend is Trend.Better or Trend.Mixed);

    /// <param name="before">Of the base.</param>
    /// <param name="after">Of the head, by the same persona.</param>
    /// <param name="files">What changed, so that a renamed file is known again.</param>
    public static ReviewComparison Of(ReadinessReview before, ReadinessReview after, IReadOnlyList<ChangedPath> files)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(files);
        var renamed = files.Where(file => file.PreviousPath is not null).GroupBy(file => file.PreviousPath!, StringComparer.Ordinal)
            .ToDictionary(file => file.Key, file => file.First().Path, StringComparer.Ordinal);
        var earlier = before.Questions.ToLookup(question => question.Id, StringComparer.Ordinal);
        return new ReviewComparison(
            [.. after.Questions.Select(question => QuestionChange.Of(earlier[question.Id].FirstOrDefault(), question))],
            Without(after.Findings.Where(finding => finding.Waived is null), before.Findings, finding => (finding.Id, finding.Path, finding.Message), Known),
            Without(before.Findings, after.Findings, Known, finding => (finding.Id, finding.Path, finding.Message)));

        (string, string?, string) Known(Finding finding) =>
            (finding.Id, finding.Path is { } path && renamed.TryGetValue(path, out var now) ? now : finding.Path, finding.Message);
    }

    /// <summary>Lines move with every edit above them, so they tell nothing; two of the same are two.</summary>
    private static List<Finding> Without<TKey>(IEnumerable<Finding> all, IEnumerable<Finding> others, Func<Finding, TKey> key, Func<Finding, TKey> otherKey)
        where TKey : notnull
    {
        var left = others.GroupBy(otherKey).ToDictionary(same => same.Key, same => same.Count());
        var found = new List<Finding>();
        foreach (var finding in all)
        {
            if (left.GetValueOrDefault(key(finding)) is > 0 and var count)
            {
                left[key(finding)] = count - 1;
            }
            else
            {
                found.Add(finding);
            }
        }

        return found;
    }
}

/// <summary>How a change moves one question.</summary>
/// <param name="Before">Absent when the base was not asked it.</param>
public sealed record QuestionChange(string Id, Verdict? Before, Verdict After, Trend Trend)
{
    /// <summary>What the parts ask that are answered now and were not.</summary>
    public IReadOnlyList<string> Gained { get; init; } = [];

    /// <summary>What the parts ask that were answered and are not any more.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    public static QuestionChange Of(QuestionReview? before, QuestionReview after)
    {
        ArgumentNullException.ThrowIfNull(after);
        if (before is null)
        {
            return new QuestionChange(after.Id, Before: null, after.Verdict, Trend.Same);
        }

        var earlier = before.Parts.ToLookup(part => part.Id, StringComparer.Ordinal);
        var both = after.Parts.Select(part => (Part: part, Was: earlier[part.Id].FirstOrDefault()?.State)).Where(pair => pair.Was is not null).ToArray();
        string[] gained = [.. both.Where(pair => pair.Part.State > pair.Was).Select(pair => pair.Part.Asks)];
        string[] lost = [.. both.Where(pair => pair.Part.State < pair.Was).Select(pair => pair.Part.Asks)];
        var trend = (after.Verdict.CompareTo(before.Verdict), gained.Length, lost.Length) switch
        {
            ( > 0, _, 0) or (0, > 0, 0) => Trend.Better,
            ( < 0, 0, _) or (0, 0, > 0) => Trend.Worse,
            (0, 0, 0) => Trend.Same,
            _ => Trend.Mixed,
        };
        return new QuestionChange(after.Id, before.Verdict, after.Verdict, trend) { Gained = gained, Lost = lost };
    }
}

public enum Trend
{
    Same = 0,
    Better,
    Worse,

    /// <summary>A part of it better, a part of it worse.</summary>
    Mixed,
}
