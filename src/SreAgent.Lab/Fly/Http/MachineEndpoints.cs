using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>Machines: listed, shown, made, given another configuration, waited for.</summary>
internal sealed class MachineEndpoints(FlyWorld world, FlyGate gate, MachineUpdates updates, MachineDocuments documents)
{
    private const int MostSeconds = 60;

    public const string LeaseNonce = "fly-machine-lease-nonce";

    private static readonly string[] WaitStates = ["started", "stopped", "suspended", "destroyed", "failed", "settled"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/apps/{app}/machines", gate.Machines("list machines", ListAsync));
        routes.MapPost("/v1/apps/{app}/machines", gate.Machines("create machine", CreateAsync));
        routes.MapGet("/v1/apps/{app}/machines/{machine}", gate.Machines(RequestRate.GetMachine, ShowAsync));
        routes.MapPost("/v1/apps/{app}/machines/{machine}", gate.Machines("update machine", UpdateAsync));
        routes.MapGet("/v1/apps/{app}/machines/{machine}/versions", gate.Machines("list versions", VersionsAsync));
        routes.MapGet("/v1/apps/{app}/machines/{machine}/events", gate.Machines("list events", EventsAsync));
        routes.MapGet("/v1/apps/{app}/machines/{machine}/wait", gate.Machines("wait", WaitAsync));
        routes.MapGet("/v1/orgs/{organization}/machines", gate.Machines("list organization machines", OrganizationAsync));
    }

    private async Task ListAsync(HttpContext context, FlyCaller caller)
    {
        FlyMachine[] machines;
        lock (world.Access)
        {
            machines = [.. world.App(FlyBodies.Route(context, "app")).Machines.Where(machine => IsAskedFor(machine, context.Request.Query))];
        }

        if (!FlyBodies.Flag(context, "summary"))
        {
            await FlyBodies.WriteAsync(context, new JsonArray([.. await documents.ShowAsync(machines, context.RequestAborted)]));
            return;
        }

        JsonArray summaries;
        lock (world.Access)
        {
            summaries = [.. machines.Select(MachineDocuments.Summary)];
        }

        await FlyBodies.WriteAsync(context, summaries);
    }

    private static bool IsAskedFor(FlyMachine machine, IQueryCollection query)
    {
        var region = query["region"].ToString();
        var states = query["state"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (!machine.IsDestroyed || query["include_deleted"].ToString() is "true" or "1")
            && (region.Length == 0 || string.Equals(machine.Region, region, StringComparison.Ordinal))
            && (states.Length == 0 || states.Contains(machine.State, StringComparer.Ordinal))
            && query.Where(asked => asked.Key.StartsWith("metadata.", StringComparison.Ordinal)).All(asked =>
                string.Equals((string?)machine.Current.Configuration["metadata"]?[asked.Key["metadata.".Length..]], asked.Value, StringComparison.Ordinal));
    }

    private async Task ShowAsync(HttpContext context, FlyCaller caller) =>
        await FlyBodies.WriteAsync(context, await documents.ShowAsync(Machine(context), context.RequestAborted));

    private async Task CreateAsync(HttpContext context, FlyCaller caller)
    {
        var machine = updates.Create(FlyBodies.Route(context, "app"), await FlyBodies.ReadAsync(context), caller);
        await FlyBodies.WriteAsync(context, await documents.ShowAsync(machine, context.RequestAborted));
    }

    private async Task UpdateAsync(HttpContext context, FlyCaller caller)
    {
        var body = await FlyBodies.ReadAsync(context);
        var machine = updates.Update(FlyBodies.Route(context, "app"), FlyBodies.Route(context, "machine"), body, context.Request.Headers[LeaseNonce], caller);
        await FlyBodies.WriteAsync(context, await documents.ShowAsync(machine, context.RequestAborted));
    }

    private Task VersionsAsync(HttpContext context, FlyCaller caller)
    {
        lock (world.Access)
        {
            JsonArray versions = [.. Machine(context).Versions.Reverse().Select(version => new JsonObject
            {
                ["version"] = version.InstanceId,
                ["user_config"] = version.Configuration.DeepClone(),
            })];
            return FlyBodies.WriteAsync(context, versions);
        }
    }

    private Task EventsAsync(HttpContext context, FlyCaller caller)
    {
        var limit = FlyBodies.Number(context, "limit") ?? 20;
        lock (world.Access)
        {
            return FlyBodies.WriteAsync(context, MachineDocuments.Events(Machine(context), limit));
        }
    }

    private async Task WaitAsync(HttpContext context, FlyCaller caller)
    {
        var query = context.Request.Query;
        var version = query["version"].ToString() is { Length: > 0 } named ? named : query["instance_id"].ToString();
        var after = query["from_event_id"].ToString();
        var seconds = FlyBodies.Number(context, "timeout") ?? MostSeconds;
        if (seconds is < 1 or > MostSeconds)
        {
            throw FlyRefusalException.Invalid("invalid WaitMachineRequest.Timeout: value must be inside range [1s, 1m0s]");
        }

        string[] states = [.. query["state"].SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        if (states.FirstOrDefault(state => !WaitStates.Contains(state, StringComparer.Ordinal)) is { } unknown)
        {
            throw FlyRefusalException.Invalid($"invalid WaitMachineRequest.State: {unknown}");
        }

        states = states.Length == 0 ? ["started"] : states;
        var machine = Machine(context);
        EnsureHadVersion(machine, version);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), world.Clock);
        using var either = timeout.Token.Register(patience.Cancel);
        JsonObject reached;
        try
        {
            reached = await MachineWaits.UntilAsync(world, () => Reached(machine, states, version, after), patience.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new FlyRefusalException(408, $"deadline_exceeded: machine failed to reach desired state, {string.Join(',', states)}, currently {StateOf(machine, version)}");
        }

        await FlyBodies.WriteAsync(context, reached);
    }

    private static JsonObject? Reached(FlyMachine machine, string[] states, string version, string after)
    {
        var last = machine.Events[^1];
        var isReached = states.Contains(machine.State, StringComparer.Ordinal) || (machine.IsSettled && states.Contains("settled", StringComparer.Ordinal));
        var isNew = !string.Equals(last.Id, after, StringComparison.Ordinal);
        return isReached && isNew && (version.Length == 0 || string.Equals(machine.Current.InstanceId, version, StringComparison.Ordinal))
            ? new JsonObject { ["ok"] = true, ["state"] = machine.State, ["version"] = machine.Current.InstanceId, ["event_id"] = last.Id }
            : null;
    }

    private void EnsureHadVersion(FlyMachine machine, string version)
    {
        lock (world.Access)
        {
            if (version.Length > 0 && !machine.Versions.Any(had => string.Equals(had.InstanceId, version, StringComparison.Ordinal)))
            {
                throw FlyRefusalException.NotFound($"machine {machine.Id} has no version {version}");
            }
        }
    }

    // A version that no longer runs has been replaced, whatever the machine does now.
    private static string StateOf(FlyMachine machine, string version) =>
        version.Length == 0 || string.Equals(machine.Current.InstanceId, version, StringComparison.Ordinal) ? machine.State : "replaced";

    private Task OrganizationAsync(HttpContext context, FlyCaller caller)
    {
        if (!string.Equals(FlyBodies.Route(context, "organization"), world.Seed.Organization, StringComparison.Ordinal))
        {
            throw FlyRefusalException.NotFound("organization not found");
        }

        var limit = Math.Clamp(FlyBodies.Number(context, "limit") ?? 1000, 1, 1000);
        var cursor = context.Request.Query["cursor"].ToString();
        lock (world.Access)
        {
            FlyMachine[] rest = [.. world.Apps.Values.SelectMany(app => app.Machines)
                .Where(machine => IsAskedFor(machine, context.Request.Query) && string.CompareOrdinal(machine.Id, cursor) > 0)
                .OrderBy(machine => machine.Id, StringComparer.Ordinal)];
            var page = rest.Take(limit).ToArray();
            var answer = new JsonObject { ["machines"] = new JsonArray([.. page.Select(InOrganization)]) };
            if (rest.Length > page.Length)
            {
                answer["next_cursor"] = page[^1].Id;
            }

            return FlyBodies.WriteAsync(context, answer);
        }
    }

    private static JsonObject InOrganization(FlyMachine machine) => new()
    {
        ["id"] = machine.Id,
        ["app_name"] = machine.App,
        ["name"] = machine.Name,
        ["state"] = machine.State,
        ["region"] = machine.Region,
        ["version"] = machine.Current.InstanceId,
        ["instance_id"] = machine.Current.InstanceId,
        ["private_ip"] = MachineDocuments.PrivateAddress(machine),
        ["created_at"] = FlyBodies.Time(machine.CreatedAt),
        ["updated_at"] = FlyBodies.Time(machine.UpdatedAt),
        ["config"] = new JsonObject { ["image"] = machine.Current.Reference, ["metadata"] = machine.Current.Configuration["metadata"]?.DeepClone() },
    };

    private FlyMachine Machine(HttpContext context)
    {
        lock (world.Access)
        {
            return world.Machine(FlyBodies.Route(context, "app"), FlyBodies.Route(context, "machine"));
        }
    }
}
