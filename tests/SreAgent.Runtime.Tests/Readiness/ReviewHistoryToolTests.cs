using System.Text.Json;
using Microsoft.Extensions.Configuration;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Readiness.Tools;
using SreAgent.Runtime.Readiness.Trees;
using SreAgent.Testing;
using SreAgent.Testing.Readiness;

namespace SreAgent.Runtime.Tests.Readiness;

public sealed class ReviewHistoryToolTests : IDisposable
{
    private readonly DocumentTree _working = new();
    private readonly InMemoryReviewStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _working.Dispose();

    [Fact]
    public async Task What_was_reviewed_outside_the_allowed_folders_is_not_even_named()
    {
        Kept(_working.Folder, Verdict.Partly);
        Kept("shop/checkout", Verdict.Missing);
        Kept("/root/private", Verdict.Answered);

        var found = Assert.IsType<ToolResult.Found>(await Tools.HistoryAsync(cancellationToken: Token));
        var subjects = JsonSerializer.SerializeToElement(found.Data).GetProperty("subjects").EnumerateArray().Select(subject => subject.GetProperty("Subject").GetString());

        Assert.Equal(["shop/checkout", _working.Folder], subjects);
    }

    [Fact]
    public async Task A_subjects_reviews_come_with_where_each_question_is_heading()
    {
        Kept("shop/checkout", Verdict.Missing);
        Kept("shop/checkout", Verdict.Answered);

        var found = Assert.IsType<ToolResult.Found>(await Tools.HistoryAsync("shop/checkout", Token));
        var trend = JsonSerializer.SerializeToElement(found.Data).GetProperty("subjects")[0].GetProperty("Trends")[0];

        Assert.Equal(("answered", "better", "▁█"), (trend.GetProperty("Now").GetString(), trend.GetProperty("Heading").GetString(), trend.GetProperty("Sparkline").GetString()));
    }

    [Fact]
    public async Task Nothing_reviewed_is_said_to_be_so() => Assert.IsType<ToolResult.NoData>(await Tools.HistoryAsync("shop/checkout", Token));

    [Fact]
    public async Task A_persona_without_questions_reviews_nothing() =>
        Assert.Contains("no must-answer list", (await Assert.ThrowsAsync<ToolException>(() => Tools.RunAsync(new Progress<string>(), "shop/checkout", "kai", Token))).Message, StringComparison.Ordinal);

    private ReviewTools Tools => new(
        null!, // None of these reaches a review.
        new ReviewSubjects(clones: null, repositories: null), _store, new InMemoryPersonas(InMemoryPersonas.Named("kai")),
        new ReviewRoots(new ConfigurationBuilder().Build(), _working.Folder), pullRequests: null);

    private void Kept(string subject, Verdict verdict) => _store.Kept.Insert(0, new KeptReview("rev-1", subject, DateTimeOffset.UnixEpoch, KeptReview.Engine, new ReadinessReview
    {
        Subject = subject,
        Persona = "sre-operator",
        Questions = [new QuestionReview("on-call", "Who is on call?", verdict, [], [])],
    }));
}
