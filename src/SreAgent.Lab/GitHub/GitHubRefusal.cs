namespace SreAgent.Lab.GitHub;

/// <summary>A request that is answered with an error, in GitHub's shape. Thrown from anywhere in a route; nothing has changed by then.</summary>
internal sealed class GitHubRefusal(int status, object body) : Exception
{
    private const string Documentation = "https://docs.github.com/rest";

    public int Status => status;

    public object Body => body;

    /// <summary>Where the request should have gone.</summary>
    public string? Location { get; private init; }

    /// <summary>Also what somebody without permission to know gets.</summary>
    public static GitHubRefusal NotFound() => Of(404, "Not Found");

    public static GitHubRefusal Of(int status, string message) => new(status, new { message, documentation_url = Documentation, status = status.ToString() });

    /// <summary>For what has another name now. Anything but a GET is not to turn into one, so it is not 301.</summary>
    public static GitHubRefusal Moved(string address, bool isRead) =>
        new(isRead ? 301 : 307, new { message = isRead ? "Moved Permanently" : "Temporary Redirect", url = address, documentation_url = Documentation }) { Location = address };

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
