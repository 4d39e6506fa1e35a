using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Flyctl;

/// <summary>
/// Deploys with the vendor's own tool: the only one that keeps release records, release commands, process groups and every strategy right.
/// Its exit status is noted and proves nothing.
/// </summary>
internal sealed class FlyctlExecutor(string? path, IFlyMachinesApi api, FlyctlProcess? flyctl, FlyctlWatch watch, FlyOptions options) : IFlyExecutor
{
    public const string Step = "flyctl deploy";

    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan VersionDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan UsualReleaseCommand = TimeSpan.FromMinutes(5);

    private string? _name;

    public FlyExecutor Kind => FlyExecutor.Flyctl;

    public async Task<string?> NameAsync(CancellationToken cancellationToken)
    {
        if (flyctl is null)
        {
            return null;
        }

        if (_name is null)
        {
            var run = await flyctl.RunAsync(["version", "--json"], VersionDeadline, static _ => { }, cancellationToken);
            _name = run.ExitCode == 0 ? $"flyctl {Version(string.Join('\n', run.Output)) ?? "of unknown version"}" : null;
            if (_name is null)
            {
                throw new ToolException($"{path} does not even tell its version: {run.Wording}. {run.Said} Nothing was touched. Check {FlyOptions.Section}:Flyctl, or set {FlyOptions.Section}:Executor to machines-api.");
            }
        }

        return _name;
    }

    public IReadOnlyList<PreflightCheck> Checks(FlyRollout rollout)
    {
        var mounts = rollout.Machines.Any(machine => machine.HasMounts());
        var checks = rollout.Configuration.Effective.Checks > 0 || rollout.Machines.Any(machine => machine.Checks is { Count: > 0 });
        var problem = rollout.Strategy switch
        {
            "canary" or "bluegreen" when mounts => "machines have volumes, and each belongs to one machine only.",
            "bluegreen" when !checks => "there is no health check to tell when to switch.",
            "rolling" or "immediate" or "canary" or "bluegreen" => null,
            _ => "there is no such strategy.",
        };
        return [new PreflightCheck("strategy possible", problem is null, $"{rollout.Strategy}: {problem ?? "nothing speaks against it."}")];
    }

    public IReadOnlyList<PlanFact> Facts(FlyRollout rollout) =>
    [
        rollout.Configuration.ReleaseCommand is not { } command ? new PlanFact("release command", rollout.Configuration.IsKnown ? "None." : "Unknown; one may run.")
            : rollout.Order.IsRollback ? new PlanFact("release command", $"'{command}' is skipped on a rollback.")
            : new PlanFact("release command", $"'{command}' runs first, on a machine of its own; if it fails, no other machine is touched."),
    ];

    public bool Began(IReadOnlyList<ChangeStep> steps) => steps.Any(step => step.Name == Step);

    public Task<string> ApplyAsync(FlyRollout rollout, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var order = rollout.Order;
        var intent = JsonSerializer.Serialize(new FlyctlIntent(order.Image.Digest!, order.Before.Newest?.Id), FlyctlJson.Default.FlyctlIntent);
        return change.Steps.OnceAsync(
            Step,
            intent,
            token => RunAsync(rollout, progress, token),
            (recorded, token) => watch.SettleAsync(order.App, JsonSerializer.Deserialize(recorded, FlyctlJson.Default.FlyctlIntent)!, Deadline(rollout), progress, token),
            cancellationToken);
    }

    /// <summary>Argument by argument, so that nothing in a name can be read as another.</summary>
    public IReadOnlyList<string> Arguments(FlyRollout rollout)
    {
        var order = rollout.Order;
        var file = rollout.Configuration.File;
        var arguments = new List<string>
        {
            "deploy", "-a", order.App, "--image", (order.Image with { Tag = null }).ToString(), "--strategy", rollout.Strategy,
            "--wait-timeout", Seconds(WaitTimeout(rollout)), "-y",
        };
        if (order.IsRollback)
        {
            arguments.Add("--skip-release-command");
        }
        else if (file?.ReleaseCommandTimeout is { } release)
        {
            arguments.AddRange(["--release-command-timeout", Seconds(release)]);
        }

        if (file?.MaxUnavailable is { } most && rollout.Strategy is ("rolling" or "canary"))
        {
            arguments.AddRange(["--max-unavailable", most.ToString(CultureInfo.InvariantCulture)]);
        }

        return arguments;
    }

    private async Task<string> RunAsync(FlyRollout rollout, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (flyctl is null)
        {
            throw new ToolException("flyctl is not to be had here any more. Nothing was touched.");
        }

        var run = await flyctl.RunAsync(Arguments(rollout), Deadline(rollout), progress.Report, cancellationToken);
        var look = await FlyLook.AtAsync(api, rollout.Order.App, rollout.Order.Image.Digest!, cancellationToken);
        if (run.ExitCode != 0)
        {
            throw new ToolException($"{run.Wording}. {look} {run.Said}");
        }

        if (!look.IsDone)
        {
            throw new ToolException($"{run.Wording}, but that is not so. {look} {run.Said}");
        }

        var release = ReleaseLine(run.Output);
        return $"{(release is null ? "" : $"Release {release}. ")}{look}";
    }

    private TimeSpan WaitTimeout(FlyRollout rollout) => rollout.Configuration.File?.WaitTimeout ?? options.WaitTimeout;

    /// <summary>Above anything flyctl waits for by itself: the release command, then every pool of machines in turn.</summary>
    private TimeSpan Deadline(FlyRollout rollout)
    {
        var machines = Math.Max(1, rollout.Machines.Count);
        var pools = (int)Math.Ceiling(machines / (double)rollout.Configuration.Effective.PoolOf(machines));
        var release = rollout.Order.IsRollback || (rollout.Configuration.IsKnown && rollout.Configuration.ReleaseCommand is null)
            ? TimeSpan.Zero
            : rollout.Configuration.File?.ReleaseCommandTimeout ?? rollout.Configuration.Released?.ReleaseCommandTimeout ?? UsualReleaseCommand;
        return options.FlyctlDeadline ?? ((pools * WaitTimeout(rollout)) + release + Margin);
    }

    private static string Seconds(TimeSpan span) => string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(span.TotalSeconds)}s");

    private static string? Version(string output) => Property(output, "Version");

    /// <summary>The line that FLY_EMIT_RELEASE_JSON asks for.</summary>
    private static string? ReleaseLine(IReadOnlyList<string> output) =>
        output.Reverse().Select(line => Property(line, "version")).FirstOrDefault(version => version is not null) is { } found ? $"v{found}" : null;

    private static string? Property(string text, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value)
                && value.ToString() is { Length: > 0 and <= 40 } said && said.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '+')
                ? said : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
