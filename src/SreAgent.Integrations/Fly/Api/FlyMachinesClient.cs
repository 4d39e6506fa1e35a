using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Fly.Api;

internal sealed class FlyMachinesClient(ConnectionOptions options, IHttpClientFactory clients, TimeProvider clock) : IFlyMachinesApi
{
    public const string ClientName = "Fly";

    private static readonly object Nothing = new();

    private readonly FlyExchange _fly = new(ClientName, options, clients, clock);

    public async Task<IReadOnlyList<FlyApp>> AppsAsync(string organization, CancellationToken cancellationToken) =>
        (await _fly.GetAsync($"v1/apps?org_slug={Uri.EscapeDataString(organization)}", FlyJson.Default.FlyApps, cancellationToken)).Apps ?? [];

    public async Task<IReadOnlyList<FlyTokenInfo>> TokensAsync(CancellationToken cancellationToken) =>
        (await _fly.GetAsync("v1/tokens/current", FlyJson.Default.FlyTokens, cancellationToken)).Tokens ?? [];

    public async Task<IReadOnlyList<FlyMachine>> MachinesAsync(string app, CancellationToken cancellationToken) =>
        await _fly.GetAsync($"{App(app)}/machines", FlyJson.Default.ListFlyMachine, cancellationToken);

    public Task<FlyMachine> MachineAsync(string app, string machine, CancellationToken cancellationToken) =>
        _fly.GetAsync(Machine(app, machine), FlyJson.Default.FlyMachine, cancellationToken);

    public async Task<IReadOnlyList<FlyMachineVersion>> VersionsAsync(string app, string machine, CancellationToken cancellationToken) =>
        await _fly.GetAsync($"{Machine(app, machine)}/versions", FlyJson.Default.ListFlyMachineVersion, cancellationToken);

    public Task<FlyReply<FlyMachine>> UpdateAsync(string app, string machine, FlyMachineUpdate update, string? nonce, CancellationToken cancellationToken) =>
        PostAsync(Machine(app, machine), update, FlyJson.Default.FlyMachineUpdate, nonce, FlyJson.Default.FlyMachine, cancellationToken);

    public Task<FlyReply<FlyMachine>> CreateAsync(string app, FlyMachineUpdate machine, CancellationToken cancellationToken) =>
        PostAsync($"{App(app)}/machines", machine, FlyJson.Default.FlyMachineUpdate, nonce: null, FlyJson.Default.FlyMachine, cancellationToken);

    public Task<FlyReply<object>> DestroyAsync(string app, string machine, string? nonce, CancellationToken cancellationToken) =>
        _fly.ChangeAsync(HttpMethod.Delete, $"{Machine(app, machine)}?force=true", static () => null, nonce, IgnoreAsync, cancellationToken);

    public Task<FlyReply<object>> RestartAsync(string app, string machine, string? nonce, CancellationToken cancellationToken) =>
        _fly.ChangeAsync(HttpMethod.Post, $"{Machine(app, machine)}/restart", static () => null, nonce, IgnoreAsync, cancellationToken);

    public Task<FlyReply<FlyWait>> WaitAsync(string app, string machine, string version, string state, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var seconds = ((int)Math.Ceiling(Math.Clamp(timeout.TotalSeconds, 1, Math.Clamp(options.Timeout.TotalSeconds - 5, 1, 60)))).ToString(CultureInfo.InvariantCulture);
        return _fly.TryGetAsync(
            $"{Machine(app, machine)}/wait?state={Uri.EscapeDataString(state)}&version={Uri.EscapeDataString(version)}&timeout={seconds}",
            (body, token) => Answer.JsonAsync(body, FlyJson.Default.FlyWait, token),
            cancellationToken);
    }

    public Task<FlyReply<FlyLease>> LeaseAsync(string app, string machine, FlyLeaseRequest lease, string? nonce, CancellationToken cancellationToken) =>
        _fly.ChangeAsync(
            HttpMethod.Post, $"{Machine(app, machine)}/lease", () => FlyExchange.Json(lease, FlyJson.Default.FlyLeaseRequest), nonce, LeaseFromAsync, cancellationToken);

    public Task<FlyReply<FlyLease>> LeaseAsync(string app, string machine, CancellationToken cancellationToken) =>
        _fly.TryGetAsync($"{Machine(app, machine)}/lease", LeaseFromAsync, cancellationToken);

    public Task<FlyReply<object>> ReleaseAsync(string app, string machine, string nonce, CancellationToken cancellationToken) =>
        _fly.ChangeAsync(HttpMethod.Delete, $"{Machine(app, machine)}/lease", static () => null, nonce, IgnoreAsync, cancellationToken);

    public async Task<IReadOnlyList<FlyVolume>> VolumesAsync(string app, CancellationToken cancellationToken) =>
        await _fly.GetAsync($"{App(app)}/volumes", FlyJson.Default.ListFlyVolume, cancellationToken);

    public Task<FlyCertificates> CertificatesAsync(string app, CancellationToken cancellationToken) =>
        _fly.GetAsync($"{App(app)}/certificates", FlyJson.Default.FlyCertificates, cancellationToken);

    public Task<FlySecrets> SecretsAsync(string app, CancellationToken cancellationToken) =>
        _fly.GetAsync($"{App(app)}/secrets", FlyJson.Default.FlySecrets, cancellationToken);

    public Task<FlyReply<FlySecrets>> SetSecretsAsync(string app, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken) =>
        PostAsync($"{App(app)}/secrets", new FlySecretValues(values), FlyJson.Default.FlySecretValues, nonce: null, FlyJson.Default.FlySecrets, cancellationToken);

    public Task<FlyRegions> RegionsAsync(CancellationToken cancellationToken) =>
        _fly.GetAsync("v1/platform/regions", FlyJson.Default.FlyRegions, cancellationToken);

    private Task<FlyReply<TReply>> PostAsync<TBody, TReply>(
        string path, TBody body, JsonTypeInfo<TBody> type, string? nonce, JsonTypeInfo<TReply> replyType, CancellationToken cancellationToken)
        where TReply : class =>
        _fly.ChangeAsync(
            HttpMethod.Post, path, () => FlyExchange.Json(body, type), nonce, (reply, token) => Answer.JsonAsync(reply, replyType, token), cancellationToken);

    /// <summary>Documented flat; really sent within <c>{status, data}</c>.</summary>
    private static async Task<FlyLease> LeaseFromAsync(Stream body, CancellationToken cancellationToken)
    {
        using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        var lease = json.RootElement.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data : json.RootElement;
        return lease.Deserialize(FlyJson.Default.FlyLease) ?? throw new JsonException("null instead of a lease");
    }

    private static Task<object> IgnoreAsync(Stream body, CancellationToken cancellationToken) => Task.FromResult(Nothing);

    private static string App(string app) => $"v1/apps/{FlyExchange.Segment(app, "application")}";

    private static string Machine(string app, string machine) => $"{App(app)}/machines/{FlyExchange.Segment(machine, "machine")}";
}
