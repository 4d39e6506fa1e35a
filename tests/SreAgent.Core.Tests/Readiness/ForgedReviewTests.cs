using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Gate;
using SreAgent.Testing.Readiness;
using static SreAgent.Core.Tests.Readiness.ReviewBuilder;

namespace SreAgent.Core.Tests.Readiness;

/// <summary>Whatever a model makes up, nothing is published that does not stand in a statement of the file it names.</summary>
public class ForgedReviewTests
{
    private static readonly string[] Paths = ["docs/runbook.md", "docs/other.md", "../runbook.md", "docs/./runbook.md", "docs\\runbook.md", "/docs/runbook.md", "docs/runbook.md\0", "node_modules/a/README.md"];

    private static readonly string[] Lines = [.. Runbook.Split('\n'), "", "The owner is the payments team, found in #payments.", "## Owner", "<!-- hint: name an owner -->"];

    private static InMemorySourceTree Tree => new InMemorySourceTree(commit: Commit)
        .With("docs/runbook.md", Runbook).With("docs/other.md", "The owner is the payments team, found in #payments.\n\n## Owner\n").With("node_modules/a/README.md", Runbook);

    [Fact]
    public void Whatever_passes_is_visible_text_of_a_statement_of_our_own()
    {
        var citations =
            from path in Gen.Elements(Paths)
            from line in Gen.Choose(-2, 12)
            from more in Gen.Choose(-1, 8)
            from whole in Gen.Elements(Lines)
            from skip in Gen.Choose(0, 20)
            from take in Gen.Choose(0, 80)
            from cut in Gen.Elements("", "…", "……", " ")
            select new Citation(path, line, line + more, string.Concat(whole.Skip(skip).Take(take)) + cut);

        var passed = 0;
        Prop.ForAll(citations.ToArbitrary(), citation =>
        {
            var decision = Decide(Honest.With(Answered("on-call", citation)));
            passed += decision.Publishable ? 1 : 0;
            return !decision.Publishable || IsTrue(citation, Assert.Single(decision.Review.Questions[0].Evidence));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(20_000));

        Assert.NotEqual(0, passed);
    }

    [Fact]
    public void No_text_at_all_passes_for_a_quote_of_a_file_that_does_not_have_it() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
            !Decide(Honest.With(Answered("on-call", OnCall with { Quote = $"x{text.Get}x" }))).Publishable).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_of_anybody_never_makes_the_gate_fall_over() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<int>(), (path, text, line) =>
            Decide(Honest.With(new QuestionReview("on-call", text.Get, (Verdict)line, [new Citation(path.Get, line, line, text.Get)], [text.Get]))) is not null).QuickCheckThrowOnFailure();

    private static bool IsTrue(Citation asked, Citation published) =>
        asked.Path is "docs/runbook.md" or "docs/other.md"
        && asked.Quote.TrimEnd('…', ' ').TrimStart() is { Length: > 0 } quote
        && !quote.Contains("Nobody is on call", StringComparison.Ordinal) && !quote.Contains("never tried", StringComparison.Ordinal) && !quote.StartsWith('#')
        && published.Quote.ReplaceLineEndings(" ").Contains(quote, StringComparison.Ordinal);

    private static GateDecision Decide(ReadinessReview review) =>
        Gate.DecideAsync(review, Persona, Tree, Commit, ReviewAuthor.Other, CancellationToken.None).GetAwaiter().GetResult();
}
