using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Fly.Machines;

namespace SreAgent.Integrations.Fly;

/// <summary>What can be done to an application besides bringing an image onto it.</summary>
internal sealed record FlyOperations(MachineScaling Scaling, RollingRestart Restart, SecretSetting Secrets, AppConfigurations Configurations);

/// <summary>Sets secrets from where the settings say, then starts machines anew so that they have them.</summary>
internal sealed class SecretSetting(IFlyMachinesApi api, RollingUpdate rolling, FlyOptions options)
{
    private const string Step = "set secrets";

    /// <summary>Those that may be set, by name.</summary>
    /// <exception cref="ToolException">One may not.</exception>
    public IReadOnlyList<ReferencedSecret> Find(IReadOnlyList<string> names)
    {
        var wanted = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var unknown = wanted.Where(name => !options.Secrets.ContainsKey(name)).ToArray();
        return unknown.Length > 0 || wanted.Length == 0
            ? throw new ToolException(
                $"{(wanted.Length == 0 ? "No secret is named" : $"{string.Join(", ", unknown)} cannot be set")}: only secrets under {FlyOptions.Section}:Secrets can, whose values come from there "
                + $"({(options.Secrets.Count == 0 ? "none is set up" : string.Join(", ", options.Secrets.Keys.Order(StringComparer.Ordinal)))}).")
            : [.. wanted.Select(name => options.Secrets[name])];
    }

    public async Task<string> RunAsync(string app, IReadOnlyList<ReferencedSecret> secrets, int pool, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var before = await DigestsAsync(app, secrets, cancellationToken);
        var result = await change.Steps.OnceAsync(Step, JsonSerializer.Serialize(before), ActAsync, SettleAsync, cancellationToken);
        long? version = long.TryParse(result, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;
        progress.Report("The secrets are set; machines start anew to get them.");
        return $"Set {string.Join(", ", secrets.Select(secret => secret.Name))}. {await rolling.RunAsync(app, before: null, MachineEdit.OfSecrets(change.Id.Value, version), pool, change, progress, cancellationToken)}";

        async Task<string> ActAsync(CancellationToken token)
        {
            var values = secrets.ToDictionary(secret => secret.Name, secret => secret.Read(), StringComparer.Ordinal);
            return Version((await api.SetSecretsAsync(app, values, token)).OrThrow());
        }

        // Setting the same value again leaves the same value: the one thing here that may be repeated when nobody can tell.
        async Task<string> SettleAsync(string recorded, CancellationToken token)
        {
            var old = JsonSerializer.Deserialize<Dictionary<string, string>>(recorded)!;
            var now = await DigestsAsync(app, secrets, token);
            return secrets.All(secret => now[secret.Name] != old.GetValueOrDefault(secret.Name, "")) ? Version(await api.SecretsAsync(app, token)) : await ActAsync(token);
        }
    }

    /// <summary>Fly's digest of each, empty for one that does not exist yet.</summary>
    public async Task<IReadOnlyDictionary<string, string>> DigestsAsync(string app, IReadOnlyList<ReferencedSecret> secrets, CancellationToken cancellationToken)
    {
        var there = ((await api.SecretsAsync(app, cancellationToken)).Secrets ?? []).ToDictionary(secret => secret.Name, secret => secret.Digest ?? "set", StringComparer.Ordinal);
        return secrets.ToDictionary(secret => secret.Name, secret => there.GetValueOrDefault(secret.Name, ""), StringComparer.Ordinal);
    }

    private static string Version(FlySecrets secrets) => (secrets.Version ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
