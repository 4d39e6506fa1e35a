using System.Text.Json.Nodes;

namespace SreAgent.Flyctl;

/// <summary>
/// <c>flyctl deploy --image</c>: a release record, the release command, then the machines by the strategy. A failure leaves what was done
/// and marks the release failed, as the vendor's does.
/// </summary>
internal static class DeployCommand
{
    private static readonly HashSet<string> Valued = new(StringComparer.Ordinal)
    {
        "--app", "--config", "--image", "--env", "--access-token", "--strategy", "--wait-timeout", "--lease-timeout", "--release-command-timeout", "--regions",
        "--exclude-regions", "--only-machines", "--exclude-machines", "--process-groups", "--max-unavailable", "--max-concurrent", "--deploy-retries", "--label",
    };

    private static readonly HashSet<string> Flags = new(StringComparer.Ordinal)
    {
        "--yes", "--now", "--detach", "--skip-release-command", "--skip-health-checks", "--smoke-checks", "--dns-checks", "--ha", "--update-only", "--remote-only",
        "--local-only", "--no-public-ips", "--no-extensions", "--verbose", "--debug", "--auto-confirm",
    };

    public static async Task RunAsync(IReadOnlyList<string> given, string mischief, CancellationToken cancellationToken)
    {
        var arguments = FlyctlArguments.Read(given, Valued, Flags);
        var toml = FlyToml.Read(arguments);
        var image = toml.Image ?? throw new FlyctlException("the simulated flyctl deploys images only: pass --image");
        var strategy = toml.Strategy ?? "rolling";
        using var api = new FlyApi(arguments["--access-token"]);
        Console.WriteLine("==> Verifying app config\n--> Verified app config\n==> Building image");
        Console.WriteLine($"Searching for image '{image}' remotely...");
        var release = await CreateReleaseAsync(api, toml.App, image, strategy, cancellationToken);
        var id = Commands.Member(release, "id").GetValue<string>();
        try
        {
            await ChangeReleaseAsync(api, id, "running", cancellationToken);
            if (mischief is "hang")
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            }

            if (mischief is not "lie")
            {
                var rollout = new MachineRollout(api, toml.App, image, release, Patience(arguments["--wait-timeout"]), mischief);
                if (toml.ReleaseCommand is { } command && !arguments.Has("--skip-release-command"))
                {
                    await rollout.RunReleaseCommandAsync(command, cancellationToken);
                }

                await rollout.RunAsync(strategy, cancellationToken);
            }

            await ChangeReleaseAsync(api, id, "complete", cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await ChangeReleaseAsync(api, id, "interrupted", CancellationToken.None);
            throw;
        }
        catch (FlyctlException)
        {
            await ChangeReleaseAsync(api, id, "failed", CancellationToken.None);
            throw;
        }

        Console.WriteLine($"\nVisit your newly deployed app at https://{toml.App}.fly.dev/");
        if (Environment.GetEnvironmentVariable("FLY_EMIT_RELEASE_JSON") is { Length: > 0 })
        {
            Console.WriteLine(new JsonObject { ["id"] = id, ["version"] = Commands.Member(release, "version").DeepClone(), ["image_ref"] = image }.ToJsonString());
        }
    }

    private static async Task<JsonNode> CreateReleaseAsync(FlyApi api, string app, string image, string strategy, CancellationToken cancellationToken)
    {
        var wanted = new JsonObject
        {
            ["app_name"] = app,
            ["image"] = image,
            ["strategy"] = strategy.ToUpperInvariant(),
            ["definition"] = new JsonObject(),
            ["build_id"] = 0,
        };
        try
        {
            return Commands.Member(await api.WebAsync(HttpMethod.Post, "releases", wanted, cancellationToken), "release");
        }
        catch (FlyApiException e)
        {
            throw new FlyctlException($"failed to create release (status {(int)e.Status}): {e.Message}", e);
        }
    }

    private static async Task ChangeReleaseAsync(FlyApi api, string id, string status, CancellationToken cancellationToken)
    {
        try
        {
            await api.WebAsync(HttpMethod.Patch, $"releases/{id}", new JsonObject { ["status"] = status, ["metadata"] = new JsonObject() }, cancellationToken);
        }
        catch (FlyApiException e)
        {
            throw e.As("failed to update release");
        }
    }

    /// <summary>Such as 5m, 300s or 300.</summary>
    private static TimeSpan Patience(string? text)
    {
        var number = double.TryParse((text ?? "5m").TrimEnd('s', 'm', 'h'), out var read) ? read : throw new FlyctlException($"invalid duration \"{text}\"");
        return (text ?? "5m")[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            _ => TimeSpan.FromSeconds(number),
        };
    }
}
