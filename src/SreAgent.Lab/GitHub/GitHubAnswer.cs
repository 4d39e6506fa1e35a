namespace SreAgent.Lab.GitHub;

/// <summary>What a route answers, before it becomes bytes.</summary>
/// <param name="Body">Becomes JSON; a string with a <see cref="MediaType"/> is sent as it is; null is no body.</param>
internal sealed record GitHubAnswer(int Status, object? Body)
{
    public string? MediaType { get; init; }

    /// <summary>The <c>Link</c> header of a list of several pages.</summary>
    public string? Link { get; init; }

    public static GitHubAnswer Ok(object body) => new(200, body);

    public static GitHubAnswer Created(object body) => new(201, body);

    public static GitHubAnswer NoContent { get; } = new(204, null);

    public static GitHubAnswer Text(string body, string mediaType) => new(200, body) { MediaType = mediaType };
}
