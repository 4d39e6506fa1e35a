namespace SreAgent.Lab.GitHub;

/// <summary>A request that is answered with an error, in GitHub's shape. Thrown from anywhere in a route; nothing has changed by then.</summary>
internal sealed class GitHubRefusal(int status, object body) : Exception
{
    private const string Documentation = "https://docs.github.com/rest";

    public int Status => status;

    public object Body => body;

    /// <summary>Also what somebody without permission to know gets.</summary>
    public static GitHubRefusal NotFound() => Of(404, "Not Found");

    public static GitHubRefusal Of(int status, string message) => new(status, new { message, documentation_url = Documentation, status = status.ToString() });

    /// <param name="code">missing, missing_field, invalid, already_exists, custom.</param>
    public static GitHubRefusal Invalid(string resource, string field, string code) => Invalid(new { resource, field, code });

    /// <summary>The kind that explains itself in words.</summary>
    public static GitHubRefusal Invalid(string resource, string message) => Invalid(new { resource, code = "custom", message });

    /// <summary>As reviews explain themselves: texts only.</summary>
    public static GitHubRefusal Unprocessable(string error) =>
        new(422, new { message = "Unprocessable Entity", errors = new[] { error }, documentation_url = Documentation, status = "422" });

    private static GitHubRefusal Invalid(object error) =>
        new(422, new { message = "Validation Failed", errors = new[] { error }, documentation_url = Documentation, status = "422" });
}
