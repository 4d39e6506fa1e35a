using System.Text.Json;
using Quartz;
using SreAgent.Core.Code;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Schedules;
using SreAgent.Runtime.Stores;
using SreAgent.Runtime.Tests.Stores;
using SreAgent.Testing.Guardrail;
using SreAgent.Testing.Time;

namespace SreAgent.Runtime.Tests.Schedules;

/// <summary>Repositories, pull requests and a reviewer that can be told to fail, over a real store.</summary>
internal sealed class AScheduledWorld : IRepositoryDirectory, IToolInvoker, IProgress<string>, IDisposable
{
    private readonly StoreFixture _store = new();
    private readonly List<(ToolCall Call, CallContext Context)> _calls = [];
    private readonly List<string> _told = [];
    private readonly Lock _gate = new();

    public ManualClock Clock { get; } = ManualClock.AtNoon();

    /// <summary>What a search finds.</summary>
    public List<string> Repositories { get; } = [];

    public Dictionary<string, List<OpenPullRequest>> PullRequests { get; } = new(StringComparer.Ordinal);

    /// <summary>By subject; what is not here is reviewed and ready.</summary>
    public Dictionary<string, Func<ToolResult>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>Tool and subject of every call.</summary>
    public IReadOnlyList<string> Calls => [.. _calls.Select(made => $"{made.Call.Tool} {made.Call.Arguments.GetProperty("subject").GetString()}")];

    public IReadOnlyList<CallContext> Contexts => [.. _calls.Select(made => made.Context)];

    public IReadOnlyList<string> Told => _told;

    public static ReviewSchedule Weekly { get; } = new("weekly", CronExpression.Parse("0 0 7 ? * MON"), "UTC") { Search = "org:acme" };

    /// <summary>One process; each opening is another one on the same store.</summary>
    public ReviewRunner Runner() => new(this, new FixedPersonas(APersona.Named("sre-operator", "*")), new ScheduleLedger(_store.Open()), Clock, this);

    public Task<ReviewRunReport?> RunAsync(ReviewSchedule schedule) => Runner().RunAsync(schedule, Clock.GetUtcNow(), this, TestContext.Current.CancellationToken);

    public Task<Listed<string>> SearchAsync(string query, int most, CancellationToken cancellationToken) =>
        Task.FromResult(new Listed<string>([.. Repositories.Take(most)], Repositories.Count > most));

    public Task<Listed<OpenPullRequest>> OpenPullRequestsAsync(string repository, DateTimeOffset? since, int most, CancellationToken cancellationToken)
    {
        var open = PullRequests.GetValueOrDefault(repository) ?? [];
        var changed = open.Where(pull => since is null || pull.UpdatedAt >= since).ToArray();
        return Task.FromResult(new Listed<OpenPullRequest>([.. changed.Take(most)], changed.Length > most));
    }

    public IReadOnlyList<Tool> ToolsFor(CallContext context) => [];

    public Task<ToolOutcome> InvokeAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _calls.Add((call, context));
        }

        var subject = call.Arguments.GetProperty("subject").GetString()!;
        var result = Answers.GetValueOrDefault(subject)?.Invoke() ?? Ready(true);
        return Task.FromResult(new ToolOutcome(call, result, "", TimeSpan.Zero));
    }

    public static ToolResult Ready(bool ready) => new ToolResult.Found(JsonSerializer.SerializeToElement(new { ready }), new Evidence("review", "subject"));

    public void Report(string value)
    {
        lock (_gate)
        {
            _told.Add(value);
        }
    }

    public void Dispose() => _store.Dispose();
}
