using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Whether a rollout took, and whether users are well: machines, endpoints, logs, service levels. Then its records are closed.</summary>
internal sealed class RolloutVerification(
    IServiceCatalogue services, IServiceLevels levels, MachineCheck machines, EndpointChecks endpoints, SliWatch watch, RolloutRecords records, TimeProvider clock)
{
    // Records are closed even after the deadline, but not at any price.
    private static readonly TimeSpan Closing = TimeSpan.FromSeconds(20);

    public async Task<Verification> VerifyAsync(
        RolloutWish wish, IRolloutPlatform platform, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var service = services.Find(wish.Service) ?? throw new ToolException($"There is no service '{wish.Service}' in the catalogue.");
        var steps = (await change.Steps.ListAsync(cancellationToken)).ToDictionary(step => step.Name, StringComparer.Ordinal);
        if (steps.GetValueOrDefault(RolloutSteps.Settle)?.Result is not { } settledText || steps.GetValueOrDefault(RolloutSteps.Measure)?.Result is not { } beforeText)
        {
            return new Verification(VerificationVerdict.Failed, $"Carrying it out never began; nothing of {wish.App} was touched.");
        }

        var settled = RolloutJson.Read(settledText, RolloutJson.Default.SettledRollout);
        var before = RolloutJson.Read(beforeText, RolloutJson.Default.BeforeFigures);
        var record = RolloutRecords.Of(wish, service, settled, change);
        try
        {
            var verification = Verification.Of(steps.GetValueOrDefault(RolloutSteps.Failed) is { } failed
                ? await AfterFailureAsync(service, platform, settled, failed.Intent, cancellationToken)
                : await LookAsync(wish, service, platform, settled, before, change, progress, cancellationToken));
            verification = verification with { Detail = verification.Detail + Gaps(service) };
            var notes = await CloseAsync(record, verification, change.Steps, cancellationToken);
            return verification with { Detail = verification.Detail + string.Concat(notes.Select(note => $" {note}")) };
        }
        catch (OperationCanceledException)
        {
            using var closing = new CancellationTokenSource(Closing);
            await CloseAsync(record, new Verification(VerificationVerdict.Unverified, "Verification was ended before it came to a verdict."), change.Steps, closing.Token);
            throw;
        }
    }

    private Task<IReadOnlyList<string>> CloseAsync(RolloutRecord record, Verification verification, IChangeSteps steps, CancellationToken cancellationToken) =>
        records.CloseAsync(record, new RolloutEnding(clock.GetUtcNow(), verification.Verdict, verification.Detail), steps, cancellationToken);

    private async Task<IReadOnlyList<VerificationCheck>> LookAsync(
        RolloutWish wish, Service service, IRolloutPlatform platform, SettledRollout settled, BeforeFigures before, ChangeExecution change, IProgress<string> progress,
        CancellationToken cancellationToken)
    {
        var first = await machines.WaitAsync(platform, settled, progress, cancellationToken);
        IReadOnlyList<VerificationCheck> users = [];
        if (first.Verdict != VerificationVerdict.Failed)
        {
            users = await watch.WatchAsync(service, before, wish.IsRollback, change.Steps, progress, cancellationToken);
        }

        // Looked at again: what starts well and then falls over shows only now.
        var last = first.Verdict == VerificationVerdict.Failed ? Task.FromResult(first) : MachineCheck.OnceAsync(platform, settled, cancellationToken);
        var asked = endpoints.AskAsync(service, cancellationToken);
        var logs = ErrorLines.CompareAsync(platform, wish.App, before, new TimeRange(await LogsCountFromAsync(wish, change, cancellationToken), clock.GetUtcNow()), cancellationToken);
        await Task.WhenAll(last, asked, logs);
        return
        [
            await last, .. await asked, await logs, .. users,
            .. first.Verdict == VerificationVerdict.Failed && levels.Of(service.Name).Count > 0
                ? [new VerificationCheck("users", VerificationVerdict.Unverified, "not watched, since the machines are not as they should be.")]
                : Array.Empty<VerificationCheck>(),
        ];
    }

    /// <summary>
    /// A deploy answers for all that was logged since it began. A rollback does not answer for what the image it takes away logged while it was
    /// being replaced: it is judged like users are, from when the machines were well again.
    /// </summary>
    private static async Task<DateTimeOffset> LogsCountFromAsync(RolloutWish wish, ChangeExecution change, CancellationToken cancellationToken)
    {
        var watch = wish.IsRollback
            ? (await change.Steps.ListAsync(cancellationToken)).FirstOrDefault(step => string.Equals(step.Name, RolloutSteps.Watch, StringComparison.Ordinal))
            : null;
        return watch?.BegunAt ?? change.StartedAt;
    }

    private async Task<IReadOnlyList<VerificationCheck>> AfterFailureAsync(
        Service service, IRolloutPlatform platform, SettledRollout settled, string why, CancellationToken cancellationToken)
    {
        var machine = MachineCheck.OnceAsync(platform, settled, cancellationToken);
        var asked = endpoints.AskAsync(service, cancellationToken);
        await Task.WhenAll(machine, asked);
        return [new VerificationCheck("execution", VerificationVerdict.Failed, why), await machine, .. await asked];
    }

    /// <summary>What was never going to be looked at, because nobody said how.</summary>
    private string Gaps(Service service)
    {
        string[] gaps =
        [
            .. levels.Of(service.Name).Count == 0 ? [$"users, since no objective is stated (Services:{service.Name}:Slos)"] : Array.Empty<string>(),
            .. service.Endpoints.Count == 0 ? [$"endpoints and key flows, since none is configured (Services:{service.Name}:Endpoints)"] : Array.Empty<string>(),
        ];
        return gaps.Length > 0 ? $" Not looked at: {string.Join("; ", gaps)}." : "";
    }
}
