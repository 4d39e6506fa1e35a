using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>A repository as <c>owner/name</c>, in the characters GitHub allows: nothing in it can lead a path astray.</summary>
internal sealed partial record RepositoryName(string Owner, string Name)
{
    /// <summary>Its place under the API's address.</summary>
    public string Path => $"repos/{Owner}/{Name}";

    public static RepositoryName? TryParse(string? text) =>
        Form().Match(text?.Trim() ?? "") is { Success: true } match && match.Groups["name"].Value is var name and not ("." or "..")
            ? new RepositoryName(match.Groups["owner"].Value, name)
            : null;

    /// <exception cref="ToolException">It is not <c>owner/name</c>.</exception>
    public static RepositoryName Parse(string text) =>
        TryParse(text) ?? throw new ToolException($"'{Excerpt.Line(text, 100)}' is not a repository; give it as owner/name, such as octocat/hello-world.");

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"^(?<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,99})/(?<name>[A-Za-z0-9._-]{1,100})\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Form();
}
