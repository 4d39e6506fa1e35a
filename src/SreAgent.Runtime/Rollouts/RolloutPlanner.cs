using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Code;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>
/// Finds out everything an approver should know. Every look-up begins as soon as what it needs is there, so a plan takes as long as its
/// slowest chain. What could not be looked at becomes a sentence, except the application itself: without it there is no plan.
/// </summary>
internal sealed class RolloutPlanner(IServiceCatalogue services, ServiceFacts facts, ReviewedReadiness reviewed, GreenCommit green, IEnumerable<ICodeHost> codeHosts)
{
    private readonly ICodeHost? _codeHost = codeHosts.FirstOrDefault();

    public async Task<ChangePlan> PlanAsync(RolloutWish wish, IRolloutPlatform platform, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var service = services.Find(wish.Service) ?? throw new ToolException($"There is no service '{wish.Service}' in the catalogue.");
        progress.Report($"Looking at {wish.App}, its image, its commits and its budget.");
        var fleet = platform.LookAsync(wish.App, cancellationToken);
        var target = RolloutTarget.FindAsync(wish, platform, fleet, cancellationToken);
        var commits = CommitsAsync(fleet, target);
        var range = Looked.TryAsync(() => CompareAsync(service, commits, wish.IsRollback, cancellationToken));
        var file = $"{platform.Name}.toml";
        var configuration = Looked.TryAsync(() => ConfigurationAsync(service, file, fleet, target, cancellationToken));
        var checks = wish.IsRollback ? Task.FromResult<PreflightCheck?>(null) : GreenAsync(service, target, cancellationToken);
        var method = Looked.TryAsync(() => MethodAsync(wish, platform, fleet, target, cancellationToken));
        var budget = facts.BudgetAsync(service, cancellationToken);
        var freeze = facts.FreezeAsync(cancellationToken);
        var readiness = reviewed.OfAsync(service, wish.IsRollback, cancellationToken);
        await Task.WhenAll(fleet, target, commits, range, configuration, checks, method, budget, freeze, readiness);

        var looked = new LookedUp(service, await fleet, await target, await commits, await range, await method);
        return PlanWords.Of(wish, platform, looked) with
        {
            Preflight = [.. PreflightChecks.Of(wish, looked.Fleet, looked.Target), .. Present(await checks, (await readiness).Check), .. MethodChecks(looked)],
            Facts =
            [
                CommitFacts.Of(looked.Range, looked.Commits, wish.IsRollback),
                MigrationFacts.Of(looked.Range, looked.Method, wish.IsRollback),
                ConfigurationFacts.Of(file, await configuration, wish.IsRollback),
                FleetFacts.Machines(looked.Fleet),
                await budget,
                await freeze,
                (await readiness).Fact,
                PlanWords.Method(looked.Method),
                .. looked.Method.Value?.Facts ?? [],
                .. wish.IsRollback ? [new PlanFact("checks", "Lint, tests and build are not asked for: this image ran before. The release command is skipped.")] : Array.Empty<PlanFact>(),
                FleetFacts.WayBack(FleetFacts.Running(looked.Fleet), wish),
                facts.Verification(service),
            ],
        };
    }

    private static IEnumerable<PreflightCheck> Present(params PreflightCheck?[] checks) => checks.OfType<PreflightCheck>();

    private static async Task<CommitPair> CommitsAsync(Task<Fleet> fleet, Task<RolloutTarget> target)
    {
        await Task.WhenAll(fleet, target);
        return new CommitPair(FleetFacts.Commit(await fleet), (await target).Image.Value?.Commit);
    }

    private async Task<Looked<CommitRange>> CompareAsync(Service service, Task<CommitPair> commits, bool isRollback, CancellationToken cancellationToken)
    {
        if (WhyNoCode(service) is { } why)
        {
            return Looked.Not<CommitRange>(why);
        }

        var pair = await commits;
        if (pair.Missing is { } missing)
        {
            return Looked.Not<CommitRange>($"{missing}.");
        }

        // What a rollback takes back is what lies ahead of where it goes.
        var (from, to) = isRollback ? (pair.Wanted!, pair.Current!) : (pair.Current!, pair.Wanted!); // Nothing is missing.
        return Looked.At(await _codeHost!.CompareAsync(service.Repository!, from, to, cancellationToken)); // Both were asked for above.
    }

    private async Task<Looked<ConfigurationTexts>> ConfigurationAsync(
        Service service, string file, Task<Fleet> fleet, Task<RolloutTarget> target, CancellationToken cancellationToken)
    {
        if (WhyNoCode(service) is { } why)
        {
            return Looked.Not<ConfigurationTexts>(why);
        }

        var now = TextAsync(async () => FleetFacts.Commit(await fleet));
        var wanted = TextAsync(async () => (await target).Image.Value?.Commit);
        await Task.WhenAll(now, wanted);
        return (await now, await wanted) switch
        {
            ({ } before, { } after) => Looked.At(new ConfigurationTexts(before, after)),
            (null, null) => Looked.Not<ConfigurationTexts>("it could be read at neither commit."),
            (null, _) => Looked.Not<ConfigurationTexts>("it could not be read at the commit that runs now."),
            _ => Looked.Not<ConfigurationTexts>("it could not be read at the wanted commit."),
        };

        async Task<string?> TextAsync(Func<Task<string?>> commitOf) =>
            await commitOf() is { } commit ? await _codeHost!.FileAsync(service.Repository!, file, commit, cancellationToken) : null; // Both were asked for above.
    }

    private string? WhyNoCode(Service service) =>
        _codeHost is null ? "no code host is configured (Integrations:GitHub)."
        : service.Repository is null ? $"Services:{service.Name}:Repository is not set."
        : null;

    private async Task<PreflightCheck?> GreenAsync(Service service, Task<RolloutTarget> target, CancellationToken cancellationToken) =>
        (await target).Image.Value is { } image ? await green.CheckAsync(service, image, cancellationToken) : null;

    private static async Task<Looked<RolloutMethod>> MethodAsync(
        RolloutWish wish, IRolloutPlatform platform, Task<Fleet> fleet, Task<RolloutTarget> target, CancellationToken cancellationToken)
    {
        await Task.WhenAll(fleet, target);
        return (await target).Image.Value is { } image
            ? Looked.At(await platform.MethodAsync(new RolloutOrder(wish.App, image.Reference, await fleet, wish.IsRollback, wish.Strategy), cancellationToken))
            : Looked.Not<RolloutMethod>("there is no image to go about.");
    }

    /// <summary>How it would be done must be known before anybody is asked; without an image another check says so already.</summary>
    private static IReadOnlyList<PreflightCheck> MethodChecks(LookedUp looked) =>
        looked.Method.Value is { } method ? method.Checks
        : looked.Target.Image.Value is null ? []
        : [new PreflightCheck("method known", Passed: false, looked.Method.Problem ?? "it was not found out.")];
}

/// <summary>What a plan is worded from.</summary>
internal sealed record LookedUp(Service Service, Fleet Fleet, RolloutTarget Target, CommitPair Commits, Looked<CommitRange> Range, Looked<RolloutMethod> Method);
