using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Skills;

/// <summary>Tells about any skill files what the host would make of them.</summary>
public static class SkillCheck
{
    /// <summary>One row a file, in the order given; a folder stands for every <c>SKILL.md</c> in or below it.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="known">What the files' names are checked against.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public static Task<IReadOnlyList<DocumentReport>> CheckAsync(IReadOnlyList<string> paths, KnownNames known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(known);
        return Task.Run<IReadOnlyList<DocumentReport>>(() => Check(paths, known, cancellationToken), cancellationToken);
    }

    internal static DocumentReport Report(string path, ShelvedDocument<SkillDocument> document, IEnumerable<DocumentProblem> notes, KnownNames known)
    {
        var problems = document.Problems.Concat(notes).Concat(document.Value?.Unknown(known) ?? []);
        var skill = document.Value?.Skill;
        return new DocumentReport(path, skill?.Name, skill?.Name, skill is null ? null : "skill", skill is not null, ReportedProblem.From(problems));
    }

    private static List<DocumentReport> Check(IReadOnlyList<string> paths, KnownNames known, CancellationToken cancellationToken)
    {
        var rows = new List<DocumentReport>();
        var takenBy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var target in CheckTargets.Of(paths, DocumentFinder.IsSkill, "SKILL.md"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (target.Problem is { } problem)
            {
                rows.Add(new DocumentReport(target.Path, null, null, null, Loaded: false, ReportedProblem.From([problem])));
                continue;
            }

            var document = SkillParser.Read(target.Path);
            rows.Add(Report(target.Path, document, Notes(target.Path, document, takenBy), known));
        }

        return rows;
    }

    private static IEnumerable<DocumentProblem> Notes(string path, ShelvedDocument<SkillDocument> document, Dictionary<string, string> takenBy)
    {
        if (document.Value is { } value && !takenBy.TryAdd(value.Skill.Name, path))
        {
            yield return new DocumentProblem(0, ProblemSeverity.Warning, $"The name '{value.Skill.Name}' is already taken by {takenBy[value.Skill.Name]}; of two in one folder the first counts.");
        }
    }
}
