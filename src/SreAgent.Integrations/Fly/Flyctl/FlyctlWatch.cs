using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly.Flyctl;

/// <summary>
/// Finds out what a run of flyctl came to whose host died. It may still be running, without its parent; it is never started again.
/// </summary>
internal sealed class FlyctlWatch(IFlyMachinesApi api, IFlyWebApi web, FlyOptions options, TimeProvider clock)
{
    public async Task<string> SettleAsync(string app, FlyctlIntent intent, TimeSpan deadline, IProgress<string> progress, CancellationToken cancellationToken)
    {
        progress.Report("flyctl was running when an earlier process died. It is not run again; looking at what it did.");
        var began = clock.GetUtcNow();
        var said = "";
        while (true)
        {
            // The release first: one that ends in between then shows its machines as it left them.
            var newest = (await web.ReleasesAsync(app, 1, cancellationToken)).Select(FlyFleet.Release).FirstOrDefault();
            var look = await FlyLook.AtAsync(api, app, intent.Digest, cancellationToken);
            var isOurs = newest is not null && !string.Equals(newest.Id, intent.ReleaseBefore, StringComparison.Ordinal);
            var waited = clock.GetUtcNow() - began;

            // Its last act is to mark the release; one that died before it leaves the mark as it is for ever.
            if (look.IsDone && (!isOurs || newest!.Status != ReleaseStatus.Running || waited >= options.FlyctlGrace))
            {
                return $"{(isOurs ? $"Release {newest!.Id}. " : "")}{look}";
            }

            if (isOurs && newest!.Status is not (ReleaseStatus.Running or ReleaseStatus.Unknown))
            {
                throw new ToolException($"flyctl's release {newest.Id} ended as {newest.Status.ToString().ToLowerInvariant()} after the process that ran it died. {look}");
            }

            // It takes flyctl a while to get as far as making a release.
            if (!isOurs && waited >= options.FlyctlGrace)
            {
                throw new ToolException($"flyctl made no release before or after the process that ran it died. {look} It was not run again.");
            }

            if (waited >= deadline)
            {
                throw new ToolException($"Release {newest!.Id} is still marked as running long after flyctl should have ended; nobody is carrying it out any more. {look} It was not run again.");
            }

            if (!string.Equals(said, look.ToString(), StringComparison.Ordinal))
            {
                progress.Report(said = look.ToString());
            }

            await Task.Delay(options.Poll, clock, cancellationToken);
        }
    }
}
