using SreAgent.Lab.GitHub.State;

namespace SreAgent.Lab.GitHub;

/// <summary>The part of GitHub's search language the product speaks: a few qualifiers, and words that must all occur.</summary>
internal sealed record IssueSearch(IReadOnlyList<(string Name, string Value)> Qualifiers, IReadOnlyList<string> Words)
{
    private static readonly string[] Known = ["repo", "is", "state", "type", "label", "author", "in", "org", "user", "archived", "topic", "fork", "language"];

    public string? Repository => Qualifiers.Where(one => one.Name == "repo").Select(one => one.Value).FirstOrDefault();

    /// <summary>Qualifiers are <c>name:value</c>; quotes keep a value or words together.</summary>
    public static IssueSearch Parse(string query)
    {
        var (qualifiers, words) = (new List<(string, string)>(), new List<string>());
        foreach (var term in Terms(query))
        {
            if (term.Split(':', 2) is [var name, var value] && Known.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                qualifiers.Add((name.ToLowerInvariant(), value));
            }
            else
            {
                words.Add(term);
            }
        }

        return new IssueSearch(qualifiers, words);
    }

    public bool Fits(RepositoryState repository, IssueState issue)
    {
        var inTitle = Qualifiers.Contains(("in", "title"));
        return Qualifiers.All(one => Fits(one.Name, one.Value, repository, issue))
            && Words.All(word => issue.Title.Contains(word, StringComparison.OrdinalIgnoreCase) || (!inTitle && issue.Body?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));
    }

    private static bool Fits(string name, string value, RepositoryState repository, IssueState issue) => (name, value) switch
    {
        ("repo", _) => repository.FullName.Equals(value, StringComparison.OrdinalIgnoreCase),
        ("org" or "user", _) => repository.Owner.Equals(value, StringComparison.OrdinalIgnoreCase),
        ("is" or "state", "open") => !issue.IsClosed,
        ("is" or "state", "closed") => issue.IsClosed,
        ("is" or "type", "issue") => issue.Pull is null,
        ("is" or "type", "pr" or "pull-request") => issue.Pull is not null,
        ("label", _) => issue.Labels.Exists(label => label.Name.Equals(value, StringComparison.OrdinalIgnoreCase)),
        ("author", _) => issue.Author.Equals(value, StringComparison.OrdinalIgnoreCase),
        _ => true,
    };

    private static IEnumerable<string> Terms(string query)
    {
        var term = new System.Text.StringBuilder();
        var isQuoted = false;
        foreach (var character in query + " ")
        {
            if (character == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (char.IsWhiteSpace(character) && !isQuoted)
            {
                if (term.Length > 0)
                {
                    yield return term.ToString();
                }

                term.Clear();
            }
            else
            {
                term.Append(character);
            }
        }
    }
}
