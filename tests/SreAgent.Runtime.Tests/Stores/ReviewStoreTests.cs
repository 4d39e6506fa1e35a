using SreAgent.Core.Readiness;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Tests.Stores;

public sealed class ReviewStoreTests : IDisposable
{
    private readonly StoreFixture _fixture = new();
    private readonly ReviewStore _store;

    public ReviewStoreTests() => _store = new ReviewStore(_fixture.Open());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task A_review_reads_back_as_it_was_kept()
    {
        var review = Review("rev-1", minute: 0);
        await _store.KeepAsync(review, Token);

        var read = Assert.Single(await _store.LatestAsync("shop/checkout", "sre-operator", 10, Token));

        Assert.Equal(Testing(review), Testing(read));
    }

    [Fact]
    public async Task The_newest_comes_first_and_the_oldest_go()
    {
        for (var minute = 0; minute < IReviewStore.Most + 5; minute++)
        {
            await _store.KeepAsync(Review($"rev-{minute:000}", minute), Token);
        }

        var kept = await _store.LatestAsync("shop/checkout", persona: null, 1_000, Token);

        Assert.Equal(IReviewStore.Most, kept.Count);
        Assert.Equal(["rev-104", "rev-005"], [kept[0].Id, kept[^1].Id]);
    }

    [Fact]
    public async Task Each_subject_is_told_by_its_newest_review()
    {
        await _store.KeepAsync(Review("rev-1", 1), Token);
        await _store.KeepAsync(Review("rev-2", 2), Token);
        await _store.KeepAsync(Review("rev-3", 0, "shop/payments"), Token);

        Assert.Equal(["rev-2", "rev-3"], (await _store.SubjectsAsync(10, Token)).Select(kept => kept.Id));
    }

    private static string Testing(KeptReview kept) => System.Text.Json.JsonSerializer.Serialize(kept);

    private static KeptReview Review(string id, int minute, string subject = "shop/checkout") => new(id, subject, StoreFixture.Noon.AddMinutes(minute), KeptReview.Engine, new ReadinessReview
    {
        Subject = subject,
        Commit = "1f4e0c6d2b7a9f3e5d8c1b0a7f6e5d4c3b2a1908",
        Persona = "sre-operator",
        Questions =
        [
            new QuestionReview("on-call", "Who is on call?", Verdict.Partly, [new Citation("docs/runbook.md", 3, 4, "Ada “first” – then payments") { Kind = "prose" }], ["Say who comes next."])
            {
                Parts = [new SubQuestionReview("next", "who comes next", SubQuestionState.Declined, []) { Reason = "one person" }],
                Waived = "soon",
            },
        ],
        Findings = [new Finding("alert-without-runbook", FindingSeverity.High, "Add one.") { Path = "a.yml", Line = 2, Waived = "later" }],
        NotLookedAt = ["big.bin: binary"],
    });
}
