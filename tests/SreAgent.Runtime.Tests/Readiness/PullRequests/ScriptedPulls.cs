using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Redaction;
using SreAgent.Runtime.Readiness.PullRequests;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness.PullRequests;

/// <summary>A code host with one pull request, whose head moves as a test says: one hash for each time somebody looks.</summary>
internal sealed class ScriptedPulls : IPullRequests, IRepositoryTrees, IReviewRuns, IReadinessReviewer, IReviewPublisher
{
    public const string Base = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private readonly Queue<string> _heads;

    /// <param name="heads">Letters of which the hashes are made: one for each look at the facts and each review, in turn; the last stays.</param>
    public ScriptedPulls(string heads) => _heads = new Queue<string>(heads.Select(head => new string(head, 40)));

    public static Persona Lens { get; } = InMemoryPersonas.Named("sre-operator") with { MustAnswer = [new MustAnswer("upgrade", "How is it upgraded?")] };

    public bool IsOpen { get; init; } = true;

    public IReadOnlyList<string> Withheld { get; init; } = [];

    /// <summary>What each publishing comes to, in turn.</summary>
    public Queue<CommentOutcome> Outcomes { get; } = new();

    public List<ReviewPublication> Published { get; } = [];

    /// <summary>Commits that were reviewed, in order.</summary>
    public List<string> Reviewed { get; } = [];

    public int Open { get; private set; }

    public PullRequestReviews Reviews => _reviews ??= new PullRequestReviews(this, this, this, this, new ChangeReader([]), Redactor.WithoutConfiguredValues);

    public ReviewPublishTools Tools => new(Reviews, this, new InMemoryPersonas(Lens));

    private PullRequestReviews? _reviews;

    public Task<PullRequestFacts> FactsAsync(string repository, int number, CancellationToken cancellationToken) =>
        Task.FromResult(new PullRequestFacts(repository, number, Look(), Base) { IsOpen = IsOpen, Target = "main" });

    public Task<ISourceTree> OpenAsync(RepositorySubject subject, CancellationToken cancellationToken)
    {
        Open++;
        return Task.FromResult<ISourceTree>(new EmptyTree(this, subject.ToString(), subject.Reference ?? Look()));
    }

    public Task<string> HeadAsync(RepositorySubject subject, CancellationToken cancellationToken) => Task.FromResult(_heads.Peek());

    public Task<ReviewRun> RunAsync(ReviewRequest request, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var commit = Look();
        Reviewed.Add(commit);
        return Task.FromResult(new ReviewRun(Review(request.Subject, commit, Verdict.Missing), Withheld));
    }

    public Task<ReviewRun> SubmitAsync(ReviewRequest request, ReadinessReview review, string author, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody submits here.");

    public Task<ReadinessReview> ReviewAsync(ISourceTree tree, Persona persona, IProgress<string> progress, CancellationToken cancellationToken) =>
        Task.FromResult(Review(tree.Subject, Base, Verdict.Answered));

    public Task<PublishedReview> PublishAsync(ReviewPublication publication, CancellationToken cancellationToken)
    {
        Published.Add(publication);
        var outcome = Outcomes.Count > 0 ? Outcomes.Dequeue() : CommentOutcome.Created;
        return Task.FromResult(new PublishedReview(outcome, outcome == CommentOutcome.Stale ? StatusOutcome.NotSet : StatusOutcome.Set, new Uri("https://github.example/c"), []));
    }

    private string Look() => _heads.Count > 1 ? _heads.Dequeue() : _heads.Peek();

    private static ReadinessReview Review(string subject, string commit, Verdict verdict) => new()
    {
        Subject = subject,
        Commit = commit,
        Persona = Lens.Id,
        Questions = [new QuestionReview("upgrade", "How is it upgraded?", verdict, [], [])],
    };

    private sealed class EmptyTree(ScriptedPulls pulls, string subject, string commit) : ISourceTree, IAsyncDisposable
    {
        public string Subject => subject;

        public string? Commit => commit;

        public Task<SourceListing> ListAsync(CancellationToken cancellationToken) => Task.FromResult(new SourceListing([], []));

        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken) => ValueTask.FromResult<ReadOnlyMemory<byte>?>(null);

        public ValueTask DisposeAsync()
        {
            pulls.Open--;
            return ValueTask.CompletedTask;
        }
    }
}
