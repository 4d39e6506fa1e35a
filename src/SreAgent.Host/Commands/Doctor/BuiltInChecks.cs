using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Audit;
using SreAgent.Core.Code;
using SreAgent.Core.Integrations;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Schedules;
using SreAgent.Host.Commands.Documents;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Schedules;
using SreAgent.Runtime.Stores;

namespace SreAgent.Host.Commands.Doctor;

/// <summary>What can be looked at through the ports every installation has.</summary>
internal static class BuiltInChecks
{
    public static IEnumerable<IDoctorCheck> For(IServiceProvider services)
    {
        if (services.GetService<ModelInUse>() is { } model)
        {
            yield return Check("Model", () => model.IsBuiltIn
                ? new DoctorFinding(DoctorStatus.Disabled, $"The built-in responder answers: {model.Because}.")
                : new DoctorFinding(DoctorStatus.Ok, $"{model.Name}. {model.Because}"));
        }

        foreach (var integration in services.GetServices<IIntegration>())
        {
            yield return new IntegrationCheck(integration);
        }

        if (services.GetService<IStoreProbe>() is { } store && services.GetService<IAuditTrail>() is { } trail)
        {
            yield return new DelegateCheck("Store", token => StoreAsync(store, trail, token));
        }

        if (services.GetService<IPolicySource>() is { } policy)
        {
            yield return new DelegateCheck("Policy", token => PolicyAsync(policy, token));
        }

        foreach (var schedule in services.GetService<ReviewSchedules>()?.All ?? [])
        {
            yield return new ScheduleCheck(
                schedule, services.GetRequiredService<IScheduleLedger>(), services.GetRequiredService<IPersonaCatalogue>(),
                services.GetService<IRepositoryDirectory>(), services.GetRequiredService<TimeProvider>());
        }

        if (services.GetService<IPersonaFileCheck>() is { } personas)
        {
            yield return new DelegateCheck("Personas", token => DocumentsAsync(personas, "sre-agent personas check", token));
        }

        if (services.GetService<ISkillFileCheck>() is { } skills)
        {
            yield return new DelegateCheck("Skills", token => DocumentsAsync(skills, "sre-agent skills check", token));
        }

        if (services.GetService<IPersonaCatalogue>() is { } catalogue)
        {
            yield return Check("MCP servers", () => Recommendations(catalogue, Available(services)));
        }
    }

    private static IDoctorCheck Check(string name, Func<DoctorFinding> check) => new DelegateCheck(name, _ => Task.FromResult(check()));

    private static async Task<DoctorFinding> StoreAsync(IStoreProbe store, IAuditTrail trail, CancellationToken cancellationToken)
    {
        var probe = await store.ProbeAsync(cancellationToken);
        if (!probe.Ok)
        {
            return new DoctorFinding(DoctorStatus.Broken, probe.Detail);
        }

        var latest = await trail.LatestAsync(1, cancellationToken);
        return new DoctorFinding(DoctorStatus.Ok, $"{probe.Detail}; {(latest is [var entry] ? $"the record has {entry.Sequence:N0} entries" : "nothing recorded yet")}.");
    }

    private static async Task<DoctorFinding> PolicyAsync(IPolicySource source, CancellationToken cancellationToken)
    {
        var policy = await source.CurrentAsync(cancellationToken);
        var notes = policy.Environments.Values.OrderBy(environment => environment.Name, StringComparer.Ordinal).Where(environment => environment.Approvers.Count == 0)
            .Select(environment => $"Nobody may approve changes to {environment.Name}: Guardrails:Environments:{environment.Name}:Approvers is empty.").ToArray();
        var detail = $"{policy.Mode.ToString().ToLowerInvariant()}, {policy.Rules.Count} rules, environments {string.Join(", ", policy.Environments.Keys.Order(StringComparer.Ordinal))}.";
        return policy.KillSwitch
            ? new DoctorFinding(DoctorStatus.Warning, $"The kill switch is on: only reads run. {detail}", "sre-agent changes unhalt") { Notes = notes }
            : new DoctorFinding(notes.Length > 0 ? DoctorStatus.Warning : DoctorStatus.Ok, detail) { Notes = notes };
    }

    private static async Task<DoctorFinding> DocumentsAsync(IDocumentCheck check, string command, CancellationToken cancellationToken)
    {
        var rows = await check.CheckAsync([], cancellationToken);
        var broken = rows.Where(row => !row.Loaded).ToArray();
        var warned = rows.Count(row => row.Loaded && row.Problems.Any(problem => problem.Severity != "info"));
        var detail = $"{rows.Count - broken.Length} of {rows.Count} loaded{(warned > 0 ? $", {warned} with warnings" : "")}.";
        return broken.Length > 0
            ? new DoctorFinding(DoctorStatus.Misconfigured, detail, command) { Notes = [.. broken.Select(row => $"{row.Path}: {row.Problems.FirstOrDefault(problem => problem.Severity == "error")?.Message}")] }
            : warned > 0 ? new DoctorFinding(DoctorStatus.Warning, detail, command)
            : new DoctorFinding(DoctorStatus.Ok, detail);
    }

    private static string[] Available(IServiceProvider services) =>
    [
        .. services.GetServices<IIntegration>().Where(integration => integration.DisabledBecause is null).Select(integration => integration.Name),
        .. services.GetService<IToolInvoker>()?.ToolsFor(Tools.ToolsCommand.Context(services, persona: null)).Select(tool => tool.Toolset) ?? [],
    ];

    private static DoctorFinding Recommendations(IPersonaCatalogue catalogue, IReadOnlyList<string> available)
    {
        var missing = catalogue.All.SelectMany(persona => persona.RecommendedMcpServers.Select(server => (persona.Id, server)))
            .Where(wanted => !available.Any(name => wanted.server.Server.Contains(name, StringComparison.OrdinalIgnoreCase)))
            .Select(wanted => $"{wanted.Id} recommends {wanted.server.Server}: {wanted.server.Purpose}").ToArray();
        return missing.Length == 0
            ? new DoctorFinding(DoctorStatus.Ok, "Everything personas recommend is here, built in or connected.")
            : new DoctorFinding(DoctorStatus.Disabled, $"{missing.Length} recommended by personas are not available; they work without.") { Notes = missing };
    }
}
