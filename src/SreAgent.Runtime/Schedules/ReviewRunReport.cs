using System.Globalization;

namespace SreAgent.Runtime.Schedules;

/// <summary>What one run of a schedule came to. Nothing that went wrong is left out.</summary>
public sealed record ReviewRunReport
{
    public required string Schedule { get; init; }

    public required IReadOnlyList<ReviewedSubject> Subjects { get; init; }

    /// <summary>Sentences: what was not done, and why.</summary>
    public IReadOnlyList<string> Omitted { get; init; } = [];

    public bool Failed => Subjects.Any(subject => subject.Trouble is not null);

    /// <summary>One sentence for a log.</summary>
    public string Summary()
    {
        var parts = new List<string>
        {
            Count(Subjects.Count(subject => subject.Trouble is null), "review"),
            string.Create(CultureInfo.InvariantCulture, $"{Subjects.Count(subject => subject.Ready == false)} not ready"),
            string.Create(CultureInfo.InvariantCulture, $"{Subjects.Count(subject => subject.Trouble is not null)} failed"),
        };
        return $"{string.Join(", ", parts)}.{string.Concat(Omitted.Select(sentence => " " + sentence))}";
    }

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}

/// <param name="Subject"><c>owner/name</c> or <c>owner/name#number</c>.</param>
/// <param name="Ready">Absent when there is no verdict.</param>
/// <param name="Trouble">Why there is no review. Absent when there is one.</param>
public sealed record ReviewedSubject(string Subject, bool? Ready, string? Trouble);
