using SreAgent.Testing.Specs;

namespace SreAgent.Testing.GitHub;

/// <summary>Where GitHub itself departs from the description it publishes, for a <see cref="RecordingHandler"/>.</summary>
public static class GitHubDeviations
{
    private const string EveryOperation = "GitHub documents it once for the whole interface (best practices, troubleshooting), not operation by operation.";

    public static KnownDeviation[] All =>
    [
        new("response 400 is not declared", EveryOperation),
        new("response 401 is not declared", EveryOperation),
        new("response 403 is not declared", EveryOperation),
        new("response 404 is not declared", EveryOperation + " A repository that is not to be seen is always 404."),
        new("response 422 is not declared", EveryOperation),
        new("response 422: $.status is not declared", "Every error carries its status as text; only the schema of validation errors leaves it out."),
        new("response 429 is not declared", EveryOperation),
        new("response 500 is not declared", EveryOperation),
        new("response 502 is not declared", EveryOperation),
        new("response 304 is not declared", EveryOperation),
        new("response 301 is not declared", "A renamed repository redirects whatever is asked of it."),
        new("response 307 is not declared", "A renamed repository redirects whatever is asked of it."),
        new("/repositories/*the path is not in the description", "GitHub's own Link headers and redirects name repositories by number; GitHub's recorded traffic in @octokit/fixtures has it."),
        new("response 200 is application/vnd.github.diff", "The prose of the operation offers the media type; only its schema leaves it out."),
        new("response 200 is application/vnd.github.raw+json", "The prose of the operation offers the media type; only its schema leaves it out."),
        new("POST /repos/{owner}/{repo}/deployments: response 409 has a body", "The prose gives the error's body; only its schema leaves it out."),
        new("/statuses: response 20*_url is , which is no uri", "The schema's own default is the empty text."),
        new("/statuses: response 200: $[*_url is , which is no uri", "The schema's own default is the empty text."),
    ];
}
