using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Fly.Api;

internal sealed record FlyTokens(List<FlyTokenInfo>? Tokens);

/// <param name="Apps">Absent or empty when it covers the whole organisation.</param>
internal sealed record FlyTokenInfo(string? OrgSlug, List<string>? Apps);

internal sealed record FlyApps(List<FlyApp>? Apps, int TotalApps);

internal sealed record FlyApp(string? Name, string? Status, int? MachineCount, FlyOrganization? Organization);

internal sealed record FlyOrganization(string? Name, string? Slug);

/// <param name="InstanceId">Another with every change of its configuration.</param>
/// <param name="HostStatus">ok, unknown or unreachable. When it is not ok there is no <paramref name="Config"/>.</param>
/// <param name="Config">Whole and as it came: an update sends everything back, also what this code does not know.</param>
/// <param name="IncompleteConfig">What is known of the configuration while the host does not answer. Never to be sent back.</param>
internal sealed record FlyMachine(
    string Id,
    string? Name,
    string? State,
    string? Region,
    string? InstanceId,
    string? HostStatus,
    JsonElement? Config,
    JsonElement? IncompleteConfig,
    FlyImage? ImageRef,
    List<FlyCheck>? Checks,
    List<FlyEvent>? Events);

internal sealed record FlyImage(string? Registry, string? Repository, string? Tag, string? Digest, Dictionary<string, string>? Labels);

internal sealed record FlyCheck(string? Name, string? Status, string? Output);

/// <param name="Timestamp">Milliseconds since 1970.</param>
internal sealed record FlyEvent(string? Id, string? Type, string? Status, string? Source, long Timestamp);

/// <param name="Version">An <c>instance_id</c> of before.</param>
/// <param name="UserConfig">The whole configuration as it was then.</param>
internal sealed record FlyMachineVersion(string? Version, JsonElement? UserConfig);

/// <param name="CurrentVersion">The <c>instance_id</c> last seen: with another one the update is refused.</param>
/// <param name="SkipLaunch">Leaves a stopped machine stopped.</param>
internal sealed record FlyMachineUpdate(
    JsonElement Config, string? CurrentVersion = null, bool? SkipLaunch = null, long? MinSecretsVersion = null, string? Region = null, string? Name = null);

internal sealed record FlyWait(bool Ok, string? State, string? Version);

/// <param name="Nonce">Goes with every write as long as the lease is held. A secret while it lasts.</param>
/// <param name="ExpiresAt">Seconds since 1970.</param>
internal sealed record FlyLease(string? Nonce, long ExpiresAt, string? Owner, string? Description);

internal sealed record FlyLeaseRequest(int Ttl, string Description);

internal sealed record FlyVolume(string Id, string? Name, string? State, string? Region, int SizeGb, string? AttachedMachineId, string? HostStatus, bool Encrypted);

internal sealed record FlyCertificates(List<FlyCertificate>? Certificates, string? NextCursor);

internal sealed record FlyCertificate(string? Hostname, string? Status, bool Configured);

internal sealed record FlySecrets(List<FlySecret>? Secrets, long? Version);

/// <param name="Digest">Another for another value; says nothing about it.</param>
internal sealed record FlySecret(string Name, string? Digest, string? UpdatedAt);

internal sealed record FlySecretValues(IReadOnlyDictionary<string, string> Values);

internal sealed record FlyRegions(List<FlyRegion>? Regions, string? Nearest);

internal sealed record FlyRegion(string Code, string? Name, bool? Deprecated, bool? GatewayAvailable);

internal sealed record FlyReleases(List<FlyRelease>? Releases);

/// <param name="User">An address, or an object with one.</param>
internal sealed record FlyRelease(JsonElement? Id, int Version, string? Status, bool InProgress, string? ImageRef, DateTimeOffset CreatedAt, JsonElement? User, bool? Stable);

internal sealed record FlyLogs(List<FlyLogEntry>? Data, FlyLogsMeta? Meta);

internal sealed record FlyLogEntry(string? Id, FlyLogAttributes? Attributes);

internal sealed record FlyLogAttributes(DateTimeOffset Timestamp, string? Message, string? Level, string? Instance, string? Region);

/// <param name="NextToken">Nanoseconds since 1970, as a number or as text: where the next page begins.</param>
internal sealed record FlyLogsMeta(JsonElement? NextToken);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FlyApps))]
[JsonSerializable(typeof(FlyTokens))]
[JsonSerializable(typeof(List<FlyMachine>))]
[JsonSerializable(typeof(List<FlyMachineVersion>))]
[JsonSerializable(typeof(FlyMachineUpdate))]
[JsonSerializable(typeof(FlyWait))]
[JsonSerializable(typeof(FlyLease))]
[JsonSerializable(typeof(FlyLeaseRequest))]
[JsonSerializable(typeof(List<FlyVolume>))]
[JsonSerializable(typeof(FlyCertificates))]
[JsonSerializable(typeof(FlySecrets))]
[JsonSerializable(typeof(FlySecretValues))]
[JsonSerializable(typeof(FlyRegions))]
[JsonSerializable(typeof(FlyReleases))]
[JsonSerializable(typeof(FlyLogs))]
internal sealed partial class FlyJson : JsonSerializerContext;
