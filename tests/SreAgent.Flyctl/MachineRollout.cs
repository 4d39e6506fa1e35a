using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace SreAgent.Flyctl;

/// <summary>Brings machines to the release's image, one after the other, or beside each other for bluegreen.</summary>
internal sealed class MachineRollout(FlyApi api, string app, string image, JsonNode release, TimeSpan patience, string mischief)
{
    /// <summary>The vendor's, in seconds; it is renewed as long as the deploy goes on.</summary>
    private const int LeaseSeconds = 13;

    private const int WaitSeconds = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private static readonly string[] Unmanaged = ["fly_app_release_command", "fly_app_console", "fly_app_test_machine_command"];

    private readonly Dictionary<string, string> _nonces = new(StringComparer.Ordinal);

    /// <summary>Once, on a machine of its own, which is never started: what such a command does is not simulated.</summary>
    public async Task RunReleaseCommandAsync(string command, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Running {app} release_command: {command}");
        var configuration = Configuration((await ManagedAsync(cancellationToken))[0]);
        configuration["metadata"]!["fly_process_group"] = Unmanaged[0];
        configuration["init"] = new JsonObject { ["cmd"] = new JsonArray([.. command.Split(' ').Select(word => (JsonNode)word)]) };
        configuration.Remove("services");
        configuration.Remove("checks");
        var order = new JsonObject { ["config"] = configuration, ["skip_launch"] = true };
        var machine = await SendAsync(HttpMethod.Post, "machines", order, nonce: null, "error running release_command machine", cancellationToken);
        var id = Id(machine);
        await SendAsync(HttpMethod.Delete, $"machines/{id}?kill=true", body: null, nonce: null, "error destroying release_command machine", cancellationToken);
        if (mischief is "release-command-fails")
        {
            throw new FlyctlException($"release command failed - aborting deployment. error release_command machine {id} exited with non-zero status of 1");
        }

        Console.WriteLine($"  release_command {id} completed successfully");
    }

    public async Task RunAsync(string strategy, CancellationToken cancellationToken)
    {
        var machines = await ManagedAsync(cancellationToken);
        try
        {
            foreach (var machine in machines)
            {
                await LeaseAsync(Id(machine), cancellationToken);
            }

            Console.WriteLine($"Updating existing machines in '{app}' with {strategy} strategy");
            await (strategy is "bluegreen" ? ReplaceAsync(machines, cancellationToken) : UpdateAsync(machines, strategy, cancellationToken));
        }
        finally
        {
            foreach (var (id, nonce) in _nonces)
            {
                await ReleaseAsync(id, nonce);
            }
        }
    }

    private async Task UpdateAsync(IReadOnlyList<JsonNode> machines, string strategy, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var machine in machines)
        {
            if (mischief is "fail-midway" && done == 1)
            {
                throw new FlyctlException("failed to update machine: unrecoverable error");
            }

            var id = Id(machine);
            Console.WriteLine($"  [{done + 1}/{machines.Count}] Updating {id} [app]");
            await LeaseAsync(id, cancellationToken);
            var order = new JsonObject { ["config"] = Configuration(machine) };
            var updated = await SendAsync(HttpMethod.Post, $"machines/{id}", order, _nonces[id], $"failed to update VM {id}", cancellationToken);
            if (strategy is not "immediate")
            {
                await StartedAsync(updated, cancellationToken);
                await HealthyAsync(id, cancellationToken);
            }

            done++;
            Console.WriteLine($"  [{done}/{machines.Count}] Machine {id} [app] update finished: success");
        }
    }

    private async Task ReplaceAsync(IReadOnlyList<JsonNode> blue, CancellationToken cancellationToken)
    {
        var green = new List<JsonNode>();
        try
        {
            foreach (var machine in blue)
            {
                var order = new JsonObject
                {
                    ["config"] = Configuration(machine),
                    ["region"] = machine["region"]?.DeepClone(),
                    ["skip_service_registration"] = true,
                };
                green.Add(await SendAsync(HttpMethod.Post, "machines", order, nonce: null, "failed to create green machine", cancellationToken));
                await StartedAsync(green[^1], cancellationToken);
                await HealthyAsync(Id(green[^1]), cancellationToken);
            }
        }
        catch (FlyctlException)
        {
            foreach (var machine in green)
            {
                await SendAsync(HttpMethod.Delete, $"machines/{Id(machine)}?kill=true", body: null, nonce: null, "failed to destroy green machine", CancellationToken.None);
            }

            throw;
        }

        foreach (var machine in green)
        {
            await SendAsync(HttpMethod.Post, $"machines/{Id(machine)}/uncordon", body: null, nonce: null, "failed to uncordon green machine", cancellationToken);
        }

        foreach (var id in blue.Select(Id))
        {
            await LeaseAsync(id, cancellationToken);
            await SendAsync(HttpMethod.Post, $"machines/{id}/cordon", body: null, _nonces[id], "failed to cordon blue machine", cancellationToken);
            await SendAsync(HttpMethod.Delete, $"machines/{id}?kill=true", body: null, _nonces[id], "failed to destroy blue machine", cancellationToken);
        }
    }

    private async Task StartedAsync(JsonNode machine, CancellationToken cancellationToken)
    {
        var id = Id(machine);
        var since = Stopwatch.GetTimestamp();
        Console.WriteLine($"  Waiting for {id} [app] to have state: started");
        while (true)
        {
            try
            {
                await api.MachinesAsync(
                    HttpMethod.Get, $"apps/{app}/machines/{id}/wait?state=started&timeout={WaitSeconds}&instance_id={machine["instance_id"]}", body: null, nonce: null, cancellationToken);
                return;
            }
            catch (FlyApiException e) when (e.Status == HttpStatusCode.RequestTimeout && Stopwatch.GetElapsedTime(since) < patience)
            {
                await RenewAsync(id, cancellationToken);
            }
            catch (FlyApiException e)
            {
                throw e.As($"timeout reached waiting for machine's state to change: failed to wait for VM {id} in started state");
            }
        }
    }

    private async Task HealthyAsync(string id, CancellationToken cancellationToken)
    {
        var since = Stopwatch.GetTimestamp();
        var renewed = since;
        while (true)
        {
            var machine = await SendAsync(HttpMethod.Get, $"machines/{id}", body: null, nonce: null, $"error getting machine {id} from api", cancellationToken);
            if ((machine["checks"] as JsonArray ?? []).All(check => string.Equals((string?)check?["status"], "passing", StringComparison.Ordinal)))
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(since) > patience)
            {
                throw new FlyctlException($"timeout reached waiting for health checks to pass for machine {id}");
            }

            if (Stopwatch.GetElapsedTime(renewed).TotalSeconds > WaitSeconds)
            {
                await RenewAsync(id, cancellationToken);
                renewed = Stopwatch.GetTimestamp();
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private Task RenewAsync(string id, CancellationToken cancellationToken) => _nonces.ContainsKey(id) ? LeaseAsync(id, cancellationToken) : Task.CompletedTask;

    /// <summary>Takes the machine's lease, or renews it. The time to live goes into the query, and there is no body.</summary>
    private async Task LeaseAsync(string id, CancellationToken cancellationToken)
    {
        var path = $"machines/{id}/lease?ttl={LeaseSeconds}";
        var lease = await SendAsync(HttpMethod.Post, path, body: null, _nonces.GetValueOrDefault(id), $"failed to get lease on VM {id}", cancellationToken);
        _nonces[id] = Commands.Member(Commands.Member(lease, "data"), "nonce").GetValue<string>();
    }

    private async Task ReleaseAsync(string id, string nonce)
    {
        try
        {
            await api.MachinesAsync(HttpMethod.Delete, $"apps/{app}/machines/{id}/lease", body: null, nonce, CancellationToken.None);
        }
        catch (FlyApiException e)
        {
            Console.WriteLine($"WARN failed to release lease for machine {id}: {e.Message}");
        }
    }

    private async Task<IReadOnlyList<JsonNode>> ManagedAsync(CancellationToken cancellationToken)
    {
        var machines = (JsonArray)await SendAsync(HttpMethod.Get, "machines", body: null, nonce: null, "failed to list VMs", cancellationToken);
        JsonNode[] managed = [.. machines.OfType<JsonObject>().Where(machine =>
            machine["config"]?["metadata"] is { } metadata
            && string.Equals((string?)metadata["fly_platform_version"], "v2", StringComparison.Ordinal)
            && !Unmanaged.Contains((string?)metadata["fly_process_group"], StringComparer.Ordinal))];
        return managed.Length > 0 ? managed : throw new FlyctlException($"app {app} has no machines to update");
    }

    private JsonObject Configuration(JsonNode machine)
    {
        var configuration = (JsonObject)Commands.Member(machine, "config").DeepClone();
        configuration["image"] = image;
        var metadata = (JsonObject)Commands.Member(configuration, "metadata");
        metadata["fly_release_id"] = Commands.Member(release, "id").DeepClone();
        metadata["fly_release_version"] = Commands.Member(release, "version").ToString();
        return configuration;
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, JsonNode? body, string? nonce, string what, CancellationToken cancellationToken)
    {
        try
        {
            return await api.MachinesAsync(method, $"apps/{app}/{path}", body, nonce, cancellationToken) ?? new JsonObject();
        }
        catch (FlyApiException e)
        {
            throw e.As(what);
        }
    }

    private static string Id(JsonNode machine) => Commands.Member(machine, "id").GetValue<string>();
}
