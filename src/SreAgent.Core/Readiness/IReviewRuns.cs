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

    /// <summary>Holds somebody else's review to the gate, and keeps it when it passes.</summary>
    /// <param name="request">What it is of, and whose list it answers.</param>
    /// <param name="review">As it was written, by a model or an outside client.</param>
    /// <param name="author">Who submitted it, as the history names them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tools.ToolException">There is no such subject, or it cannot be read.</exception>
    Task<ReviewRun> SubmitAsync(ReviewRequest request, ReadinessReview review, string author, CancellationToken cancellationToken);
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

    /// <summary>Why it is not in the history although it was published. Absent when it is.</summary>
    public string? NotKept { get; init; }
}
