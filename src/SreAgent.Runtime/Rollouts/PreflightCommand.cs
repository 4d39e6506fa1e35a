using System.Collections.Concurrent;
using System.Globalization;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Rollouts;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Rollouts;

/// <summary>
/// Runs the command that shows whether a commit is green, once for each service and commit: planning again at execution takes what it said
/// before. One that outlasts the plan goes on, and the next plan finds what it came to.
/// </summary>
internal sealed class PreflightCommand(GuardrailLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan GreenFor = TimeSpan.FromMinutes(10);

    // Long enough to be told, short enough that mending what was wrong and asking again helps.
    private static readonly TimeSpan RedFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Lazy<Task<PreflightRun>>> _runs = new(StringComparer.Ordinal);

    public async Task<PreflightRun> RunAsync(Service service, ImageDescription image, CancellationToken cancellationToken)
    {
        var key = $"{service.Name} {image.Commit ?? image.Reference.Digest} {string.Join('\0', service.Rollouts.Preflight)}";
        var run = _runs.AddOrUpdate(key, Begin, (_, known) => HasLapsed(known) ? Begin(key) : known);
        try
        {
            // Less than a plan may take in all, so that there is an answer rather than none.
            return await run.Value.WaitAsync(limits.PlanTimeout * 0.7, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new PreflightRun(Passed: false, $"{service.Rollouts.Preflight[0]} is still running; ask again in a while.", clock.GetUtcNow());
        }

        Lazy<Task<PreflightRun>> Begin(string _) => new(() => Task.Run(() => StartAsync(service, image), CancellationToken.None));
    }

    private bool HasLapsed(Lazy<Task<PreflightRun>> known) =>
        known is { IsValueCreated: true, Value.IsCompleted: true }
        && (!known.Value.IsCompletedSuccessfully || clock.GetUtcNow() - known.Value.Result.EndedAt > (known.Value.Result.Passed ? GreenFor : RedFor));

    private async Task<PreflightRun> StartAsync(Service service, ImageDescription image)
    {
        var command = service.Rollouts.Preflight;
        var shown = string.Join(' ', command);
        var startedAt = clock.GetTimestamp();
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SREAGENT_SERVICE"] = service.Name,
                ["SREAGENT_IMAGE"] = image.Reference.ToString(),
                ["SREAGENT_COMMIT"] = image.Commit ?? "",
            };
            var end = await LocalProcess.RunAsync(command, service.Rollouts.PreflightFolder, environment, deadline.Token);
            var took = string.Create(CultureInfo.InvariantCulture, $"{clock.GetElapsedTime(startedAt).TotalSeconds:0.#} s");
            return Ended(end.Code == 0, $"{shown} ended with status {end.Code} after {took} for {CommitFacts.Brief(image.Commit)}{(end.Tail.Length > 0 ? $":\n{end.Tail}" : ".")}");
        }
        catch (OperationCanceledException)
        {
            return Ended(passed: false, $"{shown} did not end within {Deadline.TotalMinutes:0} min and was stopped.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return Ended(passed: false, $"{shown} could not be started: {exception.Message}. See Services:{service.Name}:Rollouts:Preflight.");
        }
    }

    private PreflightRun Ended(bool passed, string detail) => new(passed, detail, clock.GetUtcNow());
}

/// <param name="Detail">The command, its exit status and the end of what it printed. Outside text.</param>
internal sealed record PreflightRun(bool Passed, string Detail, DateTimeOffset EndedAt);
