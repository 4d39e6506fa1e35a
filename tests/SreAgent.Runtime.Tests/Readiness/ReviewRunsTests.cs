using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Core.Redaction;
using SreAgent.Runtime.Readiness;
using SreAgent.Runtime.Stores;
using SreAgent.Testing;
using SreAgent.Testing.Readiness;
using SreAgent.Testing.Time;

namespace SreAgent.Runtime.Tests.Readiness;

public class ReviewRunsTests
{
    private const string Line = "The payments team is on call day and night.";

    private static readonly Persona Operator = InMemoryPersonas.Named("sre-operator") with { MustAnswer = [new MustAnswer("on-call", "Who is on call?")] };

    private readonly InMemoryReviewStore _store = new();
    private readonly ScriptedSubjects _subjects = new();
    private readonly List<string> _told = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_passes_the_gate_is_kept_under_a_name_that_stays_the_same()
    {
        var run = await RunAsync();

        Assert.True(run.Publishable);
        var kept = Assert.Single(_store.Kept);
        Assert.Equal(("the subject", KeptReview.Engine), (kept.Subject, kept.Author));
    }

    [Fact]
    public async Task What_moves_while_it_is_reviewed_is_reviewed_again()
    {
        _subjects.Heads.Enqueue("second");
        _subjects.Heads.Enqueue("second");

        var run = await RunAsync();

        Assert.Equal("second", run.Review.Commit);
        Assert.Single(_store.Kept);
        Assert.Contains("reviewing it again", Assert.Single(_told), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_never_holds_still_is_withheld()
    {
        for (var i = 0; i < 10; i++)
        {
            _subjects.Heads.Enqueue($"moved {i}");
        }

        var run = await RunAsync();

        Assert.False(run.Publishable);
        Assert.Empty(_store.Kept);
    }

    [Fact]
    public async Task A_review_stands_without_its_place_in_the_history()
    {
        var run = await Runs(new BrokenStore()).RunAsync(new ReviewRequest("shop/checkout", Operator), new Progress<string>(), Token);

        Assert.True(run.Publishable);
        Assert.Equal("the disk is full", run.NotKept);
    }

    [Fact]
    public async Task A_true_review_by_a_model_is_kept_as_its_own()
    {
        var run = await SubmitAsync(Line);

        Assert.Empty(run.Withheld);
        Assert.Equal("model", Assert.Single(_store.Kept).Author);
    }

    [Fact]
    public async Task A_forged_one_is_not_kept_and_all_reasons_come_back()
    {
        var run = await SubmitAsync("The payments team is never on call at all.");

        Assert.Contains("does not stand there", Assert.Single(run.Withheld), StringComparison.Ordinal);
        Assert.Empty(_store.Kept);
    }

    [Fact]
    public async Task Waivers_of_the_tree_apply_to_a_submitted_review_too()
    {
        _subjects.Waivers = "waivers:\n  - question: on-call\n    reason: soon\n    owner: shop\n    expires: 2999-01-01\n";
        var missing = new ReadinessReview { Subject = "x", Commit = "first", Persona = "sre-operator", Questions = [new QuestionReview("on-call", "Who is on call?", Verdict.Missing, [], ["Name somebody."])] };

        var run = await Runs(_store).SubmitAsync(new ReviewRequest("shop/checkout", Operator), missing, "model", Token);

        Assert.True(run.Review.Ready);
    }

    private Task<ReviewRun> RunAsync() => Runs(_store).RunAsync(new ReviewRequest("shop/checkout", Operator), new Told(_told), Token);

    private Task<ReviewRun> SubmitAsync(string quote) => Runs(_store).SubmitAsync(
        new ReviewRequest("shop/checkout", Operator),
        new ReadinessReview { Subject = "shop/checkout", Commit = "first", Persona = "sre-operator", Questions = [new QuestionReview("on-call", "Who is on call?", Verdict.Answered, [new Citation("README.md", 1, 1, quote)], [])] },
        "model", Token);

    private ReviewRuns Runs(IReviewStore store) =>
        new(_subjects, new OneAnswer(), new ReviewGate(Redactor.WithoutConfiguredValues, [new OneStatement()], new Lazy<QuestionJudge>(() => new QuestionJudge(new ReadinessRules("1", [])))), Redactor.WithoutConfiguredValues, store, LeapingClock.AtNoon());

    private sealed class ScriptedSubjects : IReviewSubjects
    {
        private string _commit = "first";

        /// <summary>What it is found at when it is looked at again.</summary>
        public Queue<string> Heads { get; } = new();

        public string? Waivers { get; set; }

        public Task<ISourceTree> OpenAsync(string subject, string? reference, CancellationToken cancellationToken)
        {
            var tree = new InMemorySourceTree(subject, _commit).With("README.md", Line);
            return Task.FromResult<ISourceTree>(Waivers is null ? tree : tree.With(".sre-agent.yml", Waivers));
        }

        public Task<string?> HeadAsync(string subject, string? reference, CancellationToken cancellationToken)
        {
            _commit = Heads.TryDequeue(out var head) ? head : _commit;
            return Task.FromResult<string?>(_commit);
        }

        public string NameOf(string subject, string? reference) => "the subject";
    }

    private sealed class OneAnswer : IReadinessReviewer
    {
        public Task<ReadinessReview> ReviewAsync(ISourceTree tree, Persona persona, IProgress<string> progress, CancellationToken cancellationToken) => Task.FromResult(new ReadinessReview
        {
            Subject = tree.Subject,
            Commit = tree.Commit,
            Persona = persona.Id,
            Questions = [new QuestionReview("on-call", "Who is on call?", Verdict.Answered, [new Citation("README.md", 1, 1, Line)], [])],
        });
    }

    private sealed class OneStatement : IStatementReader
    {
        public bool Reads(SourceEntry file) => true;

        public IEnumerable<Statement> Read(SourceText text) => [new Statement { Kind = StatementKind.Prose, At = text.Cite(1, 1), Text = text.Lines[0] }];
    }

    private sealed class Told(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }

    private sealed class BrokenStore : IReviewStore
    {
        public Task KeepAsync(KeptReview review, CancellationToken cancellationToken) => throw new StoreUnavailableException("the disk is full");

        public Task<IReadOnlyList<KeptReview>> LatestAsync(string? subject, string? persona, int limit, CancellationToken cancellationToken) => throw new StoreUnavailableException();

        public Task<IReadOnlyList<KeptReview>> SubjectsAsync(int limit, CancellationToken cancellationToken) => throw new StoreUnavailableException();
    }
}
