using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What a plan says of the service: its budget, freezes, and how the rollout will be judged.</summary>
internal sealed class ServiceFacts(IServiceLevels levels, IPolicySource policies, IEnumerable<IEndpointProbe> probes, GuardrailLimits limits, TimeProvider clock)
{
    // What verification needs besides watching: the machines' checks settling, the last looks, the records.
    private static readonly TimeSpan BesidesSoak = TimeSpan.FromMinutes(3);

    public async Task<PlanFact> BudgetAsync(Service service, CancellationToken cancellationToken)
    {
        var slos = levels.Of(service.Name);
        if (slos.Count == 0)
        {
            return new PlanFact("error budget", $"Unknown: no objective is stated (Services:{service.Name}:Slos).");
        }

        var at = clock.GetUtcNow();
        var readings = await Task.WhenAll(slos.Select(slo => levels.BudgetAsync(slo, at, cancellationToken)));
        var worst = ErrorBudget.Worst(readings.Select(reading => reading.State));
        return new PlanFact("error budget", $"{worst}. {string.Join('\n', readings.OrderBy(reading => reading.State != worst).Select(reading => reading.Detail))}");
    }

    public async Task<PlanFact> FreezeAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var freezes = (await policies.CurrentAsync(cancellationToken)).Rules.SelectMany(rule => rule.During).DistinctBy(freeze => freeze.Name, StringComparer.Ordinal).ToArray();
        var inForce = freezes.Where(freeze => freeze.IsInForce(now)).Select(freeze => freeze.Name).ToArray();
        return new PlanFact("freeze", inForce.Length > 0 ? $"In force: {string.Join(", ", inForce)}."
            : freezes.Length == 0 ? "None is defined."
            : $"None is in force ({string.Join(", ", freezes.Select(freeze => freeze.Name))}).")
        { IsMinor = freezes.Length == 0 };
    }

    /// <summary>How it will be judged afterwards, and what will not be looked at.</summary>
    public PlanFact Verification(Service service)
    {
        var slos = levels.Of(service.Name);
        string[] looks =
        [
            "machines", "error lines in logs",
            .. service.Endpoints.Count > 0 && probes.Any() ? service.Endpoints.Select(endpoint => $"endpoint {endpoint.Name}") : [],
            .. slos.Select(slo => $"{slo.Name} before and after"),
        ];
        string[] gaps =
        [
            .. service.Endpoints.Count == 0 ? [$"no endpoint or key flow is configured (Services:{service.Name}:Endpoints)"] : Array.Empty<string>(),
            .. service.Endpoints.Count > 0 && !probes.Any() ? ["nothing here can ask the configured endpoints"] : Array.Empty<string>(),
            .. slos.Count == 0 ? [$"no objective is stated (Services:{service.Name}:Slos), so users are not measured"] : Array.Empty<string>(),
        ];
        var cut = SoakOf(service) < service.Rollouts.Soak ? $" (of {TimeExpression.Format(service.Rollouts.Soak)} in settings; Guardrails:ChangeTimeoutSeconds allows no more)" : "";
        return new PlanFact(
            "verification", $"Watched for {TimeExpression.Format(SoakOf(service))}{cut}: {string.Join(", ", looks)}.{(gaps.Length > 0 ? $" Gaps: {string.Join("; ", gaps)}." : "")}");
    }

    /// <summary>How long users are watched: as settings say, but never past the deadline of verification.</summary>
    public TimeSpan SoakOf(Service service)
    {
        var longest = limits.ChangeTimeout - BesidesSoak > TimeSpan.FromSeconds(5) ? limits.ChangeTimeout - BesidesSoak : limits.ChangeTimeout / 2;
        return service.Rollouts.Soak < longest ? service.Rollouts.Soak : longest;
    }
}
