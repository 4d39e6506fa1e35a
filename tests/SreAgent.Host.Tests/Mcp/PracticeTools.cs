using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Tests.Mcp;

/// <summary>A toolset with one tool of every kind, over nothing but its own memory.</summary>
internal sealed class PracticeTools : IToolset
{
    private readonly TaskCompletionSource _slowStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "practice";

    public string? Environment => "practice";

    public List<string> Restarted { get; } = [];

    /// <summary>Completes when the slow tool runs; <see cref="SlowCancelled"/> when it noticed that nobody waits any more.</summary>
    public Task SlowStarted => _slowStarted.Task;

    public TaskCompletionSource SlowCancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [SreTool("practice_echo", ToolEffect.Read, OpenWorld = false)]
    [Description("Says what it was told.")]
    public Task<ToolResult> EchoAsync(string text, CancellationToken cancellationToken) =>
        Task.FromResult<ToolResult>(new ToolResult.Found(new { text }, new Evidence(Name, text)));

    [SreTool("practice_count", ToolEffect.Read, OpenWorld = false)]
    [Description("Counts aloud.")]
    public Task<ToolResult> CountAsync(int to, IProgress<string> progress, CancellationToken cancellationToken)
    {
        for (var i = 1; i <= to; i++)
        {
            progress.Report($"counted to {i}");
        }

        return Task.FromResult<ToolResult>(new ToolResult.Found(new { to }, new Evidence(Name, "count")));
    }

    [SreTool("practice_wait", ToolEffect.Read, OpenWorld = false)]
    [Description("Waits until it is told to stop.")]
    public async Task<ToolResult> WaitAsync(CancellationToken cancellationToken)
    {
        _slowStarted.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            SlowCancelled.TrySetResult();
            throw;
        }

        return new ToolResult.Failed("unreachable", Retryable: false);
    }

    [SreTool("practice_note", ToolEffect.Write)]
    [Description("Writes a note.")]
    public Task<ToolResult> NoteAsync(string text, CancellationToken cancellationToken) => EchoAsync(text, cancellationToken);

    [SreTool("practice_restart", ToolEffect.Change, Plan = nameof(PlanRestartAsync), Verify = nameof(VerifyRestartAsync))]
    [Description("Restarts a service.")]
    public Task<ToolResult> RestartAsync(string service, CancellationToken cancellationToken)
    {
        Restarted.Add(service);
        return Task.FromResult<ToolResult>(new ToolResult.Found(new { restarted = service }, new Evidence(Name, service)));
    }

    public Task<ChangePlan> PlanRestartAsync(string service, CancellationToken cancellationToken) => Task.FromResult(
        new ChangePlan($"Restarts {service}.", service, $"running in {Environment}", "running since now", "its callers retry for a second", "none needed", "v1"));

    public Task<Verification> VerifyRestartAsync(string service, CancellationToken cancellationToken) =>
        Task.FromResult(new Verification(VerificationVerdict.Passed, $"{Name} answers"));
}

/// <summary>A second toolset, so that narrowing has something to leave out.</summary>
internal sealed class OtherTools : IToolset
{
    public string Name => "other";

    public string? Environment => null;

    [SreTool("other_look", ToolEffect.Read)]
    [Description("Looks elsewhere.")]
    public Task<ToolResult> LookAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ToolResult>(new ToolResult.NoData("elsewhere", ["there is nothing"], new Evidence(Name, "look")));
}
