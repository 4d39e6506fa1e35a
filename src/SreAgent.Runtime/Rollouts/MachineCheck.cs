using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Whether every instance runs the wanted bytes and is well, by the platform's own account and never by an exit status.</summary>
internal sealed class MachineCheck(TimeProvider clock)
{
    private const string Name = "machines";
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>Looks until all is well, at most for as long as health checks take to settle.</summary>
    public async Task<VerificationCheck> WaitAsync(IRolloutPlatform platform, SettledRollout settled, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Settling;
        string? shown = null;
        while (true)
        {
            var check = await OnceAsync(platform, settled, cancellationToken);
            if (check.Verdict == VerificationVerdict.Passed || clock.GetUtcNow() >= until)
            {
                return check;
            }

            if (!string.Equals(shown, check.Detail, StringComparison.Ordinal))
            {
                progress.Report($"Waiting for machines: {check.Detail}");
                shown = check.Detail;
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    public static async Task<VerificationCheck> OnceAsync(IRolloutPlatform platform, SettledRollout settled, CancellationToken cancellationToken)
    {
        try
        {
            return Judge(settled, await platform.LookAsync(settled.Before.App, cancellationToken));
        }
        catch (ToolException exception)
        {
            return new VerificationCheck(Name, VerificationVerdict.Unverified, $"they could not be looked at: {exception.Message}");
        }
    }

    private static VerificationCheck Judge(SettledRollout settled, Fleet now)
    {
        var other = now.Instances.Where(instance => !settled.Image.IsSameImageAs(instance.Image)).Select(instance => $"{instance.Id} runs {instance.Image?.Brief ?? "an unknown image"} ({instance.Image?.Digest ?? "no digest"})").ToArray();
        var before = settled.Before.Instances.Count(instance => instance.IsRunning);
        var running = now.Instances.Count(instance => instance.IsRunning);
        var failing = now.Instances.Where(instance => instance.IsRunning)
            .SelectMany(instance => instance.Checks.Where(check => !check.IsPassing).Select(check => $"{check.Name} of {instance.Id} is {check.Status}")).ToArray();
        string[] wrong =
        [
            .. now.Instances.Count == 0 ? ["there are none"] : Array.Empty<string>(),
            .. other,
            .. running < before ? [$"{running} run where {before} ran before"] : Array.Empty<string>(),
            .. failing,
        ];
        var withChecks = now.Instances.Any(instance => instance.Checks.Count > 0);
        return wrong.Length > 0
            ? new VerificationCheck(Name, VerificationVerdict.Failed, string.Join("; ", wrong) + ".")
            : new VerificationCheck(
                Name, VerificationVerdict.Passed,
                $"all {now.Instances.Count} on {settled.Image.Digest}, {running} running ({before} before), {(withChecks ? "checks passing" : "none has health checks")}.");
    }
}
