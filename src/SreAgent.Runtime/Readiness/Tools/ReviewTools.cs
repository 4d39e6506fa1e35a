using System.ComponentModel;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness.Tools;

/// <summary>Reviews for models and outside clients. What they submit is held to the same gate as everything else.</summary>
/// <param name="pullRequests">Absent where no code host is configured.</param>
internal sealed class ReviewTools(
    IReviewRuns runs, IReviewSubjects subjects, IReviewStore store, IPersonaCatalogue personas, ReviewRoots roots, IPullRequestReviews? pullRequests) : IToolset
{
    private const string ModelAuthor = "model";
    private const int MostKept = 20;
    private const int MostSubjects = 500;

    public string Name => "review";

    public string? Environment => null;

    [SreTool("review_run", ToolEffect.Read)]
    [Description("Is it ready for production? Answers a persona's must-answer questions from the files, each verdict with file and line; says what is missing and what to write. Not for code review.")]
    internal async Task<ToolResult> RunAsync(
        IProgress<string> progress,
        [Description("Folder, owner/repo, owner/repo@ref or owner/repo#PR")] string subject,
        [Description("Whose questions; sre-operator when left out")] string? persona = null,
        CancellationToken cancellationToken = default)
    {
        var lens = Lens(persona);
        var request = new ReviewRequest(roots.Allowed(subject), lens);
        var change = pullRequests is not null && RepositorySubject.TryParse(request.Subject) is { PullRequest: { } number } named
            ? await pullRequests.ReviewAsync(named.Repository, number, lens, progress, cancellationToken)
            : null;
        var run = change?.Run ?? await runs.RunAsync(request, progress, cancellationToken);
        return run.Publishable ? Found(run, lens, change) : Withheld(run);
    }

    [SreTool("review_submit", ToolEffect.Write)]
    [Description("Submits a review you wrote. Each citation is read again; it is kept only if every question has a verdict and every quote stands where you say. For a review without your own judgement use review_run.")]
    internal async Task<ToolResult> SubmitAsync(
        [Description("As given to review_run")] string subject,
        [Description("One for each must-answer question; gaps say what to write where. Quote statements verbatim, no headings or comments")] SubmittedQuestion[] questions,
        [Description("Full hash you read; leave out for a folder that is no clean checkout")] string? commit = null,
        [Description("Whose questions; sre-operator when left out")] string? persona = null,
        CancellationToken cancellationToken = default)
    {
        var lens = Lens(persona);
        var request = new ReviewRequest(roots.Allowed(subject), lens);
        var review = new ReadinessReview
        {
            Subject = request.Subject,
            Commit = string.IsNullOrWhiteSpace(commit) ? null : commit,
            Persona = lens.Id,
            Questions = [.. questions.Select(question => question.ToReview(lens))],
        };
        var run = await runs.SubmitAsync(request, review, ModelAuthor, cancellationToken);
        return run.Publishable ? Found(run, lens, change: null) : Withheld(run);
    }

    [SreTool("review_history", ToolEffect.Read)]
    [Description("What earlier reviews said and where each question is heading. Reviews nothing anew; for that use review_run.")]
    internal async Task<ToolResult> HistoryAsync(
        [Description("As given to review_run; leave out for all")] string? subject = null,
        CancellationToken cancellationToken = default)
    {
        var name = string.IsNullOrWhiteSpace(subject) ? null : subjects.NameOf(roots.Allowed(subject), reference: null);
        IReadOnlyList<KeptReview>[] lists = name is null
            ? [.. (await store.SubjectsAsync(MostSubjects, cancellationToken)).Where(kept => roots.Allows(kept.Subject)).Take(MostKept).Select(kept => (IReadOnlyList<KeptReview>)[kept])]
            : [.. (await store.LatestAsync(name, persona: null, IReviewStore.Most, cancellationToken)).GroupBy(kept => kept.Review.Persona, StringComparer.Ordinal).Select(list => list.ToArray())];
        var evidence = new Evidence("reviews", name ?? "all subjects");
        return lists.Length == 0
            ? new ToolResult.NoData($"reviews of {name ?? "anything"}", ["nothing was reviewed yet: review_run does it"], evidence)
            : new ToolResult.Found(new { subjects = lists.Select(list => HistoryView.Of(list, MostKept)).ToArray() }, evidence);
    }

    private static ToolResult.Found Found(ReviewRun run, Persona lens, PullRequestReview? change)
    {
        var review = run.Review;
        string[] notes = [.. run.NotKept is { } why ? [$"It is not in the history: {why}"] : Array.Empty<string>()];
        return new ToolResult.Found(
            ReviewView.Of(review, lens) with { PullRequest = change is null ? null : ChangeView.Of(change) },
            new Evidence("readiness", review.Commit is { } commit ? $"{review.Subject} at {commit}" : review.Subject) { Notes = notes });
    }

    private static ToolResult.Failed Withheld(ReviewRun run) => new(
        $"The review of {run.Review.Subject} was withheld and not kept:{string.Concat(run.Withheld.Take(MostKept).Select(reason => $"\n- {reason}"))}{(run.Withheld.Count > MostKept ? $"\n- and {run.Withheld.Count - MostKept} more" : "")}", Retryable: false);

    private Persona Lens(string? id)
    {
        var lens = personas.Find(id ?? ReadinessReview.DefaultPersona) ?? throw new ToolException($"There is no persona '{id ?? ReadinessReview.DefaultPersona}'. There are: {string.Join(", ", personas.All.Where(persona => persona.MustAnswer.Count > 0).Select(persona => persona.Id))} with questions to answer.");
        return lens.MustAnswer.Count > 0 ? lens : throw new ToolException($"Persona '{lens.Id}' has no must-answer list. These have: {string.Join(", ", personas.All.Where(persona => persona.MustAnswer.Count > 0).Select(persona => persona.Id))}.");
    }
}
