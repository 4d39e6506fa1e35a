using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Core.Redaction;
using SreAgent.Testing.Readiness;
using static SreAgent.Core.Tests.Readiness.ReviewBuilder;

namespace SreAgent.Core.Tests.Readiness;

public class ReviewGateTests
{
    // Shaped like a token, belongs to nobody.
    private const string Token = "ghp_" + "0123456789abcdefghijABCDEFGHIJ012345";

    private readonly InMemorySourceTree _tree = new InMemorySourceTree(commit: Commit).With("docs/runbook.md", Runbook).With("vendor/lib/README.md", "The library team is on call day and night.");

    [Theory]
    [InlineData(ReviewAuthor.Engine)]
    [InlineData(ReviewAuthor.Other)]
    public async Task An_honest_review_may_be_published(ReviewAuthor author) => Assert.Empty((await DecideAsync(Honest, author)).Reasons);

    [Fact]
    public async Task Every_question_needs_a_verdict() =>
        await RefusedAsync(Honest with { Questions = [Honest.Questions[0]] }, "upgrade has no verdict");

    [Fact]
    public async Task A_question_is_answered_once() =>
        await RefusedAsync(Honest with { Questions = [.. Honest.Questions, Honest.Questions[0]] }, "on-call has 2 verdicts");

    [Fact]
    public async Task Only_the_personas_questions_are_answered() =>
        await RefusedAsync(Honest with { Questions = [.. Honest.Questions, new QuestionReview("style", "Is it pretty?", Verdict.Missing, [], ["Make it pretty."])] }, "'style' is no question");

    [Fact]
    public async Task A_question_keeps_its_wording() =>
        await RefusedAsync(Honest.With(Honest.Questions[0] with { Question = "Is there a README?" }), "worded otherwise");

    [Theory]
    [InlineData(Verdict.Answered)]
    [InlineData(Verdict.Partly)]
    public async Task Saying_yes_takes_evidence(Verdict verdict) =>
        await RefusedAsync(Honest.With(Honest.Questions[0] with { Verdict = verdict, Evidence = [], Gaps = ["Say more."] }), "cites nothing");

    [Fact]
    public async Task Saying_no_takes_a_gap() =>
        await RefusedAsync(Honest.With(Honest.Questions[1] with { Verdict = Verdict.Missing, Evidence = [], Gaps = [" "] }), "no gap says what is open");

    [Fact]
    public async Task A_quote_that_does_not_stand_there_is_refused() =>
        await RefusedAsync(Honest.With(Answered("on-call", OnCall with { Quote = "Grace Hopper is called first." })), "does not stand there");

    [Fact]
    public async Task A_quote_from_other_lines_is_refused() =>
        await RefusedAsync(Honest.With(Answered("on-call", OnCall with { Line = 6, EndLine = 6 })), "does not stand there");

    [Theory]
    [InlineData("../runbook.md")]
    [InlineData("/etc/passwd")]
    [InlineData("docs/../docs/runbook.md")]
    [InlineData("docs/missing.md")]
    [InlineData("")]
    public async Task A_path_that_is_not_listed_is_refused(string path) =>
        await RefusedAsync(Honest.With(Answered("on-call", OnCall with { Path = path })), "there is no such file");

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, -1)]
    [InlineData(3, 2)]
    [InlineData(3, 4000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public async Task Lines_that_are_not_there_are_refused(int line, int endLine) =>
        await RefusedAsync(Honest.With(Answered("on-call", OnCall with { Line = line, EndLine = endLine })), "are not all there");

    [Theory]
    [InlineData(1, 1, "# Runbook")]
    [InlineData(5, 5, "Nobody is on call at night.")]
    [InlineData(6, 6, "never tried")]
    [InlineData(1, 6, "# Runbook Ada Lovelace is called first, then the payments team.")]
    public async Task What_is_no_statement_is_no_evidence(int line, int endLine, string quote) =>
        await RefusedAsync(Honest.With(Answered("on-call", new Citation("docs/runbook.md", line, endLine, quote))), "is no statement", "too little");

    [Fact]
    public async Task What_a_dependency_says_of_itself_is_no_evidence() =>
        await RefusedAsync(Honest.With(Answered("on-call", new Citation("vendor/lib/README.md", 1, 1, "The library team is on call day and night."))), "is no statement");

    [Theory]
    [InlineData("the")]
    [InlineData("Ada…")]
    public async Task A_word_or_two_show_nothing(string quote) =>
        await RefusedAsync(Honest.With(Answered("on-call", OnCall with { Quote = quote })), "too little");

    [Fact]
    public async Task Half_a_sentence_is_shown_whole()
    {
        _tree.With("docs/notes.md", "Nowhere is it said how a rollback is done by the team.");
        var half = Honest.With(Answered("on-call", new Citation("docs/notes.md", 1, 1, "how a rollback is done by the team")));

        var decision = await DecideAsync(half, ReviewAuthor.Other);

        Assert.Equal("Nowhere is it said how a rollback is done by the team.", Assert.Single(decision.Review.Questions[0].Evidence).Quote);
    }

    [Theory]
    [InlineData(1, 1, "\"root\", \"c0rrecthorse\", timeout=5")]
    [InlineData(1, 1, "stock = connect(")]
    [InlineData(3, 4, "stock = connect(")]
    public async Task A_password_in_code_is_not_shown_to_whoever_a_model_cites_its_line_for(int line, int endLine, string quote)
    {
        _tree.With("src/stock.py", "stock = connect(\"root\", \"c0rrecthorse\", timeout=5)\n\nstock = connect(\nlogin(\"root\", \"c0rrecthorse\")");
        var cites = Honest.With(Answered("on-call", new Citation("src/stock.py", line, endLine, quote)));

        var decision = await DecideAsync(cites, ReviewAuthor.Other);

        Assert.Equal("stock = connect(", Assert.Single(decision.Review.Questions[0].Evidence).Quote);
    }

    [Fact]
    public async Task What_a_statement_is_quoted_by_is_enough_however_short()
    {
        _tree.With("src/stock.py", "a = connect(\"root\", \"c0rrecthorse\")");

        Assert.Empty((await DecideAsync(Honest.With(Answered("on-call", new Citation("src/stock.py", 1, 1, "a = connect("))), ReviewAuthor.Other)).Reasons);
    }

    [Fact]
    public async Task A_waiver_is_never_taken_from_a_review() =>
        await RefusedAsync(Honest.With(Honest.Questions[1] with { Waived = "we know" }), "read from the repository");

    [Theory]
    [InlineData(Verdict.Answered, "has gaps")]
    [InlineData(Verdict.Missing, "cites evidence")]
    public async Task A_verdict_does_not_contradict_itself(Verdict verdict, string why) =>
        await RefusedAsync(Honest.With(Honest.Questions[1] with { Verdict = verdict }), why);

    [Fact]
    public async Task A_secret_is_published_nowhere()
    {
        _tree.With("docs/token.md", $"The team is paged with the token {Token} in the header.");
        var quote = new Citation("docs/token.md", 1, 1, $"The team is paged with the token {Token} in the header.");
        ReadinessReview[] leaky =
        [
            Honest.With(Answered("on-call", quote)),
            Honest.With(Honest.Questions[1] with { Gaps = [$"Do not use {Token}."] }),
            Honest with { Findings = [new Finding("secret", FindingSeverity.Critical, $"There is {Token}.")] },
            Honest with { NotLookedAt = [$"a file named {Token}"] },
        ];

        foreach (var review in leaky)
        {
            var reasons = (await DecideAsync(review, ReviewAuthor.Engine)).Reasons;
            Assert.Contains(reasons, reason => reason.Contains("carries a secret", StringComparison.Ordinal));
            Assert.DoesNotContain(reasons, reason => reason.Contains(Token, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_quote_ends_before_the_secret_on_its_line()
    {
        _tree.With("docs/token.md", $"The team is paged with the token {Token} in the header.");
        var review = Honest.With(Answered("on-call", new Citation("docs/token.md", 1, 1, $"The team is paged with the token {Token} in the header.")));

        var trimmed = SecretTrim.Of(review, Redactor.WithoutConfiguredValues);

        Assert.Equal("The team is paged with the token…", Assert.Single(trimmed.Questions[0].Evidence).Quote);
        Assert.Empty((await DecideAsync(trimmed, ReviewAuthor.Engine)).Reasons);
    }

    [Fact]
    public async Task A_review_of_a_commit_that_is_no_longer_the_head_has_to_be_made_again()
    {
        _tree.Commit = new string('2', 40);

        var decision = await DecideAsync(Honest, ReviewAuthor.Engine);

        Assert.True(decision.HeadMoved);
        Assert.Contains("Review that.", Assert.Single(decision.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reason_is_told_at_once()
    {
        var bad = Honest with { Questions = [Answered("on-call", OnCall with { Quote = "Nobody is called at all here." }), new QuestionReview("upgrade", "How is it upgraded?", Verdict.Answered, [], [])] };

        Assert.Equal(2, (await DecideAsync(bad, ReviewAuthor.Other)).Reasons.Count);
    }

    private Task<GateDecision> DecideAsync(ReadinessReview review, ReviewAuthor author) =>
        Gate.DecideAsync(review, Persona, _tree, _tree.Commit, author, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("The rollback will be written before the launch.")]
    [InlineData("Describe who is on call and how they are paged.")]
    public async Task A_promise_or_a_hint_is_not_evidence_whoever_cites_it(string sentence)
    {
        _tree.With("docs/later.md", sentence);

        await RefusedAsync(Honest.With(Answered("on-call", new Citation("docs/later.md", 1, 1, sentence))), "a promise");
    }

    [Fact]
    public async Task A_promise_is_no_evidence_beside_a_statement_on_its_line_either()
    {
        var gate = new ReviewGate(Redactor.WithoutConfiguredValues, [new SentenceReader()], new Lazy<QuestionJudge>(() => new QuestionJudge(new ReadinessRules("1", []) { Wording = new Wording { Promises = ["will be"] } })));
        _tree.With("docs/later.md", "The payments team is called first. The rota will be written before the launch.");

        Assert.Empty((await DecideAsync("The payments team is called first.")).Reasons);
        Assert.Contains("a promise", Assert.Single((await DecideAsync("The rota will be written before the launch.")).Reasons), StringComparison.Ordinal);

        Task<GateDecision> DecideAsync(string quote) =>
            gate.DecideAsync(Honest with { Questions = [Answered("on-call", new Citation("docs/later.md", 1, 1, quote)), Honest.Questions[1] with { Verdict = Verdict.Missing, Evidence = [], Gaps = ["Say how."] }] }, Persona, _tree, _tree.Commit, ReviewAuthor.Other, TestContext.Current.CancellationToken);
    }

    /// <summary>Takes every sentence for a statement.</summary>
    private sealed class SentenceReader : IStatementReader
    {
        public bool Reads(SourceEntry file) => file.Path == "docs/later.md";

        public IEnumerable<Statement> Read(SourceText text) =>
            text.Lines[0].Split(". ").Select(sentence => new Statement { Kind = StatementKind.Prose, At = text.Cite(1, 1), Text = sentence.TrimEnd('.') + "." });
    }

    private async Task RefusedAsync(ReadinessReview review, params string[] becauseOfOne)
    {
        var reasons = (await DecideAsync(review, ReviewAuthor.Other)).Reasons;
        Assert.Contains(reasons, reason => becauseOfOne.Any(because => reason.Contains(because, StringComparison.Ordinal)));
    }
}
