namespace SreAgent.Lab.GitHub;

internal static class IssueText
{
    private const int Longest = 65536;

    /// <exception cref="GitHubRefusal">It is longer than GitHub takes.</exception>
    public static string? Limited(string resource, string? text) =>
        text is { Length: > Longest } ? throw GitHubRefusal.Invalid(resource, $"body is too long (maximum is {Longest} characters)") : text;
}
