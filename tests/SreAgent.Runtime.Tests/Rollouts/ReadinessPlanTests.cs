using SreAgent.Core.Changes;
using SreAgent.Core.Readiness;
using SreAgent.Testing.Rollouts;

namespace SreAgent.Runtime.Tests.Rollouts;

public sealed class ReadinessPlanTests : IDisposable
{
    private readonly RolloutWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task A_plan_tells_what_the_last_review_of_the_repository_said()
    {
        Reviewed(Verdict.Missing);

        var fact = Fact(await _world.PlanAsync(RolloutWorld.Deploy()));

        Assert.Equal("Not ready: nothing answers on-call. Partly answered: upgrade. Reviewed 2026-11-20 12:00Z at 1f4e0c6d2b7a by the list of sre-operator.", fact);
    }

    [Theory]
    [InlineData(Verdict.Missing, false)]
    [InlineData(Verdict.Partly, true)]
    [InlineData(Verdict.Answered, true)]
    public async Task Where_settings_ask_for_it_only_what_is_ready_is_put_before_a_human(Verdict onCall, bool passes)
    {
        _world.Settings["Services:checkout:Rollouts:RequireReady"] = "true";
        Reviewed(onCall);

        Assert.Equal(passes, Check(await _world.PlanAsync(RolloutWorld.Deploy()))!.Passed);
    }

    [Fact]
    public async Task Not_reviewed_is_not_ready()
    {
        _world.Settings["Services:checkout:Rollouts:RequireReady"] = "true";

        var check = Check(await _world.PlanAsync(RolloutWorld.Deploy()));

        Assert.False(check!.Passed);
        Assert.Contains("sre-agent review shop/checkout", check.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_review_somebody_submitted_opens_no_gate()
    {
        _world.Settings["Services:checkout:Rollouts:RequireReady"] = "true";
        Reviewed(Verdict.Missing);
        Reviewed(Verdict.Answered, author: "model");

        Assert.False(Check(await _world.PlanAsync(RolloutWorld.Deploy()))!.Passed);
    }

    [Fact]
    public async Task A_review_by_another_list_opens_no_gate()
    {
        _world.Settings["Services:checkout:Rollouts:RequireReady"] = "true";
        Reviewed(Verdict.Missing);
        Reviewed(Verdict.Answered, persona: "lenient");

        Assert.False(Check(await _world.PlanAsync(RolloutWorld.Deploy()))!.Passed);
    }

    [Fact]
    public async Task A_way_back_is_never_kept_shut_by_a_review()
    {
        _world.Settings["Services:checkout:Rollouts:RequireReady"] = "true";

        Assert.Null(Check(await _world.PlanAsync(RolloutWorld.Rollback())));
    }

    private static string Fact(ChangePlan plan) => plan.Facts.Single(fact => fact.Name == "readiness").Detail;

    private static PreflightCheck? Check(ChangePlan plan) => plan.Preflight.SingleOrDefault(check => check.Name == "ready for production");

    private void Reviewed(Verdict onCall, string author = KeptReview.Engine, string persona = "sre-operator") => _world.Reviews.Kept.Insert(0, new KeptReview("rev-1", "shop/checkout", _world.Clock.GetUtcNow(), author, new ReadinessReview
    {
        Subject = "shop/checkout",
        Commit = "1f4e0c6d2b7a9f3e5d8c1b0a7f6e5d4c3b2a1908",
        Persona = persona,
        Questions = [new QuestionReview("on-call", "Who is on call?", onCall, [], []), new QuestionReview("upgrade", "How is it upgraded?", Verdict.Partly, [], [])],
    }));
}
