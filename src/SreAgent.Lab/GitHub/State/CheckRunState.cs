namespace SreAgent.Lab.GitHub.State;

internal sealed class CheckRunState(long id, string sha, string name)
{
    public long Id => id;

    public string Sha => sha;

    public string Name { get; set; } = name;

    public string Status { get; set; } = "queued";

    public string? Conclusion { get; set; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? CompletedAt { get; set; }

    public string? DetailsUrl { get; set; }

    public string? ExternalId { get; set; }

    public string? Title { get; set; }

    public string? Summary { get; set; }

    public string? Text { get; set; }

    public int Annotations { get; set; }
}
