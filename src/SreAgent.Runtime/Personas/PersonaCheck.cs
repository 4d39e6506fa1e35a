using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>Tells about any persona files what the host would make of them.</summary>
public static class PersonaCheck
{
    /// <summary>One row a file, in the order given; a folder stands for every <c>*.md</c> below it.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="known">What the files' names are checked against.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public static Task<IReadOnlyList<DocumentReport>> CheckAsync(IReadOnlyList<string> paths, KnownNames known, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(known);
        return Task.Run<IReadOnlyList<DocumentReport>>(() => Check(paths, known, cancellationToken), cancellationToken);
    }

    internal static DocumentReport Report(string path, ShelvedDocument<PersonaDocument> document, IEnumerable<DocumentProblem> notes, KnownNames known)
    {
        var problems = document.Problems.Concat(notes).Concat(document.Value?.Unknown(known) ?? []);
        var persona = document.Value?.Persona;
        return new DocumentReport(
            path, persona?.Id, persona?.Name, persona is null ? null : PersonaDocument.DialectName(persona.Dialect), persona is not null, ReportedProblem.From(problems));
    }

    private static List<DocumentReport> Check(IReadOnlyList<string> paths, KnownNames known, CancellationToken cancellationToken)
    {
        var rows = new List<DocumentReport>();
        var takenBy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var target in CheckTargets.Of(paths, DocumentFinder.IsMarkdown, "*.md"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (target.Problem is { } problem)
            {
                rows.Add(new DocumentReport(target.Path, null, null, null, Loaded: false, ReportedProblem.From([problem])));
                continue;
            }

            var document = PersonaParser.Read(target.Path);
            rows.Add(Report(target.Path, document, Notes(target.Path, document, takenBy), known));
        }

        return rows;
    }

    private static IEnumerable<DocumentProblem> Notes(string path, ShelvedDocument<PersonaDocument> document, Dictionary<string, string> takenBy)
    {
        if (document.Value is null)
        {
            yield break;
        }

        var fileName = Path.GetFileName(path);
        if (!PersonaCatalogue.IsPersonaFile(fileName))
        {
            yield return new DocumentProblem(0, ProblemSeverity.Info, PersonaCatalogue.IsDocumentation(fileName)
                ? "A file of this name is documentation; a personas folder leaves it out."
                : "A personas folder reads only files that end in .md and do not start with a dot.");
            yield break;
        }

        var id = document.Value.Persona.Id;
        if (!takenBy.TryAdd(id, path))
        {
            yield return new DocumentProblem(0, ProblemSeverity.Warning, $"The id '{id}' is already taken by {takenBy[id]}; of two in one folder the first counts.");
        }
    }
}
