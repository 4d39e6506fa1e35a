using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>Which document answers to a name when several do: within a folder the first, across folders the last.</summary>
internal static class Precedence
{
    /// <param name="shelves">What was read.</param>
    /// <param name="nameOf">The name documents compete for.</param>
    /// <param name="notes">Takes what the reader of a losing or winning document should know, by path.</param>
    public static IReadOnlyDictionary<string, T> Resolve<T>(Shelves<T> shelves, Func<T, string> nameOf, Action<string, DocumentProblem> notes)
        where T : class
    {
        var winners = new Dictionary<string, (T Value, string Path, DocumentFolder Folder)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (folder, documents) in shelves.Folders)
        {
            foreach (var document in documents.Where(document => document.Value is not null))
            {
                var name = nameOf(document.Value!);
                if (!winners.TryGetValue(name, out var other))
                {
                    winners[name] = (document.Value!, document.Path, folder);
                }
                else if (other.Folder == folder)
                {
                    notes(document.Path, new DocumentProblem(0, ProblemSeverity.Warning, $"Not used: '{name}' is already taken by {other.Path}. Give one of them another id."));
                }
                else
                {
                    notes(document.Path, new DocumentProblem(0, ProblemSeverity.Info, $"Overrides '{name}' of {other.Path} ({other.Folder.Source})."));
                    winners[name] = (document.Value!, document.Path, folder);
                }
            }
        }

        return winners.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.OrdinalIgnoreCase);
    }
}
