using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Carries out an approved rollout. Everything is a step, so a process that takes over goes on where this one died.</summary>
internal sealed class RolloutExecution(IServiceCatalogue services, Baseline baseline, RolloutRecords records, TimeProvider clock)
{
    // Closing records after a failure waits this long for systems that may be down as well.
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(30);

    public async Task<ToolResult> ExecuteAsync(
        RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var service = services.Find(wish.Service) ?? throw new ToolException($"There is no service '{wish.Service}' in the catalogue.");
        var settled = await SettleAsync(wish, platform, change, cancellationToken);
        await RefuseAfterFailureAsync(change.Steps, cancellationToken);
        progress.Report("Measuring how users are before anything is touched.");
        await baseline.TakeAsync(service, platform, settled, change.Steps, cancellationToken);
        var record = RolloutRecords.Of(wish, service, settled, change);
        var notes = await records.OpenAsync(record, change.Steps, cancellationToken);

        var order = new RolloutOrder(wish.App, settled.Image, settled.Before, wish.IsRollback, wish.Strategy);
        string done;
        try
        {
            done = await platform.ApplyAsync(order, change, progress, cancellationToken);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ChangeTakenOverException))
        {
            await RecordFailureAsync(record, change.Steps, exception is ToolException ? exception.Message : exception.GetType().Name);
            throw;
        }

        return await ReportAsync(wish, platform, settled, done, notes, cancellationToken);
    }

    /// <summary>
    /// Settles once what goes out. A tag may have moved and the application changed since the plan was checked; then nothing is touched. A
    /// process that takes over works from what was settled, since the application no longer is as it was.
    /// </summary>
    private static async Task<SettledRollout> SettleAsync(RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, CancellationToken cancellationToken)
    {
        var text = await change.Steps.OnceAsync(RolloutSteps.Settle, change.Plan.Fingerprint, LookAsync, (_, token) => LookAsync(token), cancellationToken);
        return RolloutJson.Read(text, RolloutJson.Default.SettledRollout);

        async Task<string> LookAsync(CancellationToken token)
        {
            var look = platform.LookAsync(wish.App, token);
            var target = await RolloutTarget.FindAsync(wish, platform, look, token);
            var fleet = await look;
            var image = target.Image.Value ?? throw new ToolException($"Nothing was touched. {target.Image.Problem}");
            var now = RolloutFingerprint.Of(fleet, image.Reference);
            return string.Equals(now, change.Plan.Fingerprint, StringComparison.Ordinal)
                ? RolloutJson.Write(new SettledRollout(image.Reference, image.Commit, fleet), RolloutJson.Default.SettledRollout)
                : throw new ToolException($"Nothing was touched: {wish.App} or its image is no longer what was approved. Approved was \"{change.Plan.Fingerprint}\", now it is \"{now}\". Ask again.");
        }
    }

    private static async Task RefuseAfterFailureAsync(IChangeSteps steps, CancellationToken cancellationToken)
    {
        if ((await steps.ListAsync(cancellationToken)).FirstOrDefault(step => string.Equals(step.Name, RolloutSteps.Failed, StringComparison.Ordinal)) is { } failed)
        {
            throw new ToolException($"It failed before this process took over, and is not tried again: {failed.Intent}");
        }
    }

    private async Task RecordFailureAsync(RolloutRecord record, IChangeSteps steps, string why)
    {
        using var closing = new CancellationTokenSource(Closing);
        await steps.OnceAsync(RolloutSteps.Failed, why, _ => Task.FromResult(why), (before, _) => Task.FromResult(before), closing.Token);
        await records.CloseAsync(record, new RolloutEnding(clock.GetUtcNow(), VerificationVerdict.Failed, $"It was not carried out to the end: {why}"), steps, closing.Token);
    }

    private static async Task<ToolResult> ReportAsync(
        RolloutWish wish, IRolloutPlatform platform, SettledRollout settled, string done, IReadOnlyList<string> notes, CancellationToken cancellationToken)
    {
        var after = await Looked.TryAsync(async () => Looked.At(await platform.LookAsync(wish.App, cancellationToken)));
        var newest = after.Value?.Newest;
        var release = newest is not null && !string.Equals(newest.Id, settled.Before.Newest?.Id, StringComparison.Ordinal) ? newest.Id : null;
        return new ToolResult.Found(
            new
            {
                service = wish.Service,
                app = wish.App,
                release,
                image = settled.Image.ToString(),
                digest = settled.Image.Digest,
                before = settled.Before.Image?.ToString(),
                machines = after.Value?.Instances.Select(instance => new { id = instance.Id, region = instance.Region, state = instance.State, digest = instance.Image?.Digest }),
                what = done,
            },
            new Evidence(platform.Name, $"{(wish.IsRollback ? "rollback" : "deploy")} {wish.App} {settled.Image}")
            {
                Notes =
                [
                    .. notes,
                    .. after.Problem is { } unseen ? [$"{wish.App} could not be looked at afterwards: {unseen}"] : Array.Empty<string>(),
                    .. after.Value is not null && release is null ? ["The platform keeps no new release record of this."] : Array.Empty<string>(),
                ],
            });
    }
}
