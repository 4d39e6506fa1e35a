using SreAgent.Core.Personas;

namespace SreAgent.Core.Readiness;

/// <summary>
/// Runs a review from a name to a record: opens the tree, reviews it, holds the result to the same gate as anybody's review, and keeps it. The
/// command line, tools and schedules all come through here.
/// </summary>
public interface IReviewRuns
{
    /// <param name="request">What, and against whose list.</param>
    /// <param name="progress">Is told of long work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tools.ToolException">There is no such subject, it cannot be read, or the persona has no must-answer list.</exception>
    Task<ReviewRun> RunAsync(ReviewRequest request, IProgress<string> progress, CancellationToken cancellationToken);
}

/// <param name="Subject">See <see cref="IReviewSubjects.OpenAsync"/>.</param>
public sealed record ReviewRequest(string Subject, Persona Persona)
{
    /// <summary>Reads a commit of the clone at a path in place of the files on disk.</summary>
    public string? Reference { get; init; }
}

/// <param name="Withheld">Why the review may not be published: one sentence each. Empty when it may.</param>
public sealed record ReviewRun(ReadinessReview Review, IReadOnlyList<string> Withheld)
{
    public bool Publishable => Withheld.Count == 0;
}
