namespace SreAgent.Lab.GitHub;

/// <summary>What a route answers, before it becomes bytes. That happens outside the simulator's lock, so nothing in it is worked out later.</summary>
/// <param name="Body">Becomes JSON; a string with a <see cref="MediaType"/> is sent as it is; null is no body.</param>
internal sealed record GitHubAnswer(int Status, object? Body)
{
    public string? MediaType { get; init; }

    /// <summary>The <c>Link</c> header of a list of several pages.</summary>
    public string? Link { get; init; }

    /// <summary>Where what was asked for is to be found now.</summary>
    public string? Location { get; init; }

    public static GitHubAnswer Ok(object body) => new(200, body);

    public static GitHubAnswer Created(object body) => new(201, body);

    public static GitHubAnswer NoContent { get; } = new(204, null);

    public static GitHubAnswer Text(string body, string mediaType) => new(200, body) { MediaType = mediaType };
}
