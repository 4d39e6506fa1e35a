using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Waivers;
using static SreAgent.Core.Tests.Readiness.ReviewBuilder;

namespace SreAgent.Core.Tests.Readiness;

public class WaiverTests
{
    private static readonly DateOnly Today = new(2026, 11, 27);

    private static readonly ReadinessReview NotReady =
        (Honest with { Findings = [new Finding("alert-without-runbook", FindingSeverity.High, "Add one.") { Path = "deploy/alerts.yml", Line = 3 }] })
        .With(new QuestionReview("upgrade", "How is it upgraded?", Verdict.Missing, [], ["Write it."]));

    [Fact]
    public void A_waived_question_keeps_its_verdict_and_holds_nothing_up()
    {
        var review = Apply(Of(question: "upgrade"));

        Assert.True(review.Ready);
        Assert.Equal(Verdict.Missing, review.Questions[1].Verdict);
        Assert.Equal("We rewrite it in spring (waived by shop until 2026-11-27)", review.Questions[1].Waived);
    }

    [Fact]
    public void An_expired_waiver_waives_nothing_and_is_a_finding()
    {
        var review = Apply(Of(question: "upgrade") with { Expires = Today.AddDays(-1) });

        Assert.False(review.Ready);
        Assert.Contains(review.Findings, finding => finding is { Id: WaiverFile.Expired, Path: Waiver.File, Line: 2 });
    }

    [Fact]
    public void A_waived_finding_is_shown_last_with_its_reason()
    {
        var review = Apply(Of(finding: "alert-without-runbook"));

        Assert.NotNull(Assert.Single(review.Findings).Waived);
    }

    [Theory]
    [InlineData("deploy/alerts.yml", true)]
    [InlineData("deploy/", true)]
    [InlineData("deploy", false)]
    [InlineData("other/", false)]
    public void A_path_narrows_a_waiver(string path, bool covers) =>
        Assert.Equal(covers, Apply(Of(finding: "alert-without-runbook") with { Path = path }).Findings.Any(finding => finding.Waived is not null));

    [Theory]
    [InlineData("on-call", null)]
    [InlineData("no-such-question", null)]
    [InlineData(null, "no-such-finding")]
    public void A_waiver_of_nothing_is_a_finding(string? question, string? finding) =>
        Assert.Contains(Apply(Of(question, finding)).Findings, told => told.Id == WaiverFile.Unused);

    private static ReadinessReview Apply(Waiver waiver) => new WaiverFile([waiver], []).ApplyTo(NotReady, Today);

    private static Waiver Of(string? question = null, string? finding = null) => new(2, "We rewrite it in spring.", "shop", Today) { Question = question, Finding = finding };
}
