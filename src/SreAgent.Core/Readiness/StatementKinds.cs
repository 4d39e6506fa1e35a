using System.Text;

namespace SreAgent.Core.Readiness;

/// <summary>How kinds of statements are written in rules and shown to people.</summary>
public static class StatementKinds
{
    private static readonly Dictionary<StatementKind, string> Words =
        Enum.GetValues<StatementKind>().ToDictionary(kind => kind, kind => Spaced(kind.ToString()));

    private static readonly Dictionary<string, StatementKind> Names =
        Words.ToDictionary(pair => pair.Value.Replace(' ', '-'), pair => pair.Key, StringComparer.Ordinal);

    /// <summary><c>alert rule</c>.</summary>
    public static string InWords(StatementKind kind) => Words[kind];

    /// <summary><c>alert-rule</c>. Null when there is no such kind.</summary>
    public static StatementKind? Named(string name) => Names.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>All names, for messages.</summary>
    public static IEnumerable<string> All => Names.Keys;

    private static string Spaced(string name)
    {
        var words = new StringBuilder();
        foreach (var c in name)
        {
            if (char.IsUpper(c) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
