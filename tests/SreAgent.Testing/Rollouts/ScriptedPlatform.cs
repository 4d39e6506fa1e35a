using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Testing.Rollouts;

/// <summary>A platform that runs one application in memory. Images are called v41, v42, …, and each digest follows from the name.</summary>
public sealed class ScriptedPlatform(TimeProvider clock) : IRolloutPlatform
{
    private readonly Lock _lock = new();

    public string Name => "fly";

    public List<Release> Releases { get; } = [Made("v42", "v42", -60), Made("v41", "v41", -600)];

    public List<Instance> Instances { get; } = [Running("m1", "v42"), Running("m2", "v42")];

    /// <summary>What the registry holds: by tag, the commit the image says it was built from.</summary>
    public Dictionary<string, string?> Images { get; } = new(StringComparer.Ordinal) { ["v41"] = Commit("v41"), ["v42"] = Commit("v42"), ["v43"] = Commit("v43") };

    /// <summary>A tag that was moved to the bytes of another.</summary>
    public Dictionary<string, string> MovedTags { get; } = new(StringComparer.Ordinal);

    public List<LogLine> Logs { get; } = [];

    public List<string> Changed { get; } = [];

    public TimeSpan Latency { get; set; }

    /// <summary>Refuses to change the machine of this name.</summary>
    public string? Stubborn { get; set; }

    /// <summary>Says it changed everything, and changes nothing.</summary>
    public bool Lies { get; set; }

    /// <summary>Is told the calls that are made, by method.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Is called once all machines were changed.</summary>
    public Action? Applied { get; set; }

    /// <summary>When set, the application cannot be looked at.</summary>
    public string? Down { get; set; }

    public RolloutMethod Method { get; set; } = new("the Machines API", "rolling", [new PlanFact("after a failure", "Machines may run different images.")], []);

    public static ImageReference Image(string tag) => new("registry.fly.io", "checkout", tag, Digest(tag));

    public static string Digest(string tag) => "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(tag)));

    public static string Commit(string tag) => Digest(tag)["sha256:".Length..][..40];

    public static Release Made(string id, string image, int minutesFromNoon) =>
        new(id, ReleaseStatus.Complete, Image(image), new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero).AddMinutes(minutesFromNoon), "ada");

    public static Instance Running(string id, string image) =>
        new(id, $"{id}-{image}", "ams", "started", IsRunning: true, IsReachable: true, Image(image), Commit(image), [new InstanceCheck("http", "passing", "200")]);

    public async Task<Fleet> LookAsync(string app, CancellationToken cancellationToken)
    {
        await CallAsync("look", cancellationToken);
        return Down is { } why ? throw new ToolException(why) : new Fleet(app, [.. Releases], [.. Instances], clock.GetUtcNow());
    }

    public async Task<ImageDescription?> FindImageAsync(string app, string image, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(image);
        await CallAsync("find image", cancellationToken);
        var tag = ImageReference.TryParse(image, out var reference) ? reference!.Tag! : image;
        var bytes = MovedTags.GetValueOrDefault(tag, tag);
        return Images.TryGetValue(bytes, out var commit)
            ? new ImageDescription(
                Image(bytes) with { Tag = tag }, commit is null ? [] : new Dictionary<string, string>(StringComparer.Ordinal) { [ImageDescription.CommitLabel] = commit })
            : null;
    }

    public async Task<RolloutMethod> MethodAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        await CallAsync("method", cancellationToken);
        return Method;
    }

    public async Task<string> ApplyAsync(RolloutOrder order, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(change);
        foreach (var before in order.Before.Instances)
        {
            await change.Steps.OnceAsync($"update {before.Id}", order.Image.ToString(), _ => Update(before.Id, order.Image), (_, _) => Settle(before.Id, order.Image), cancellationToken);
        }

        Applied?.Invoke();
        return $"{order.Before.Instances.Count} machines were changed.";
    }

    public async Task<IReadOnlyList<LogLine>> LogsAsync(string app, TimeRange range, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(range);
        await CallAsync("logs", cancellationToken);
        return [.. Logs.Where(line => line.At >= range.From && line.At <= range.To).TakeLast(limit)];
    }

    public Remedy RollbackCall(string service, Release release, bool automatic) =>
        new("fly_rollback", JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal) { ["service"] = service, ["to"] = release?.Id ?? "" }), automatic);

    private Task<string> Update(string id, ImageReference image)
    {
        if (Stubborn == id)
        {
            throw new ToolException($"{id} refused: 412, its version is another. The others are as they were.");
        }

        Changed.Add(id);
        return Lies ? Task.FromResult(id) : Put(id, image);
    }

    private Task<string> Settle(string id, ImageReference image) =>
        Instances.Exists(instance => instance.Id == id && image.IsSameImageAs(instance.Image)) ? Task.FromResult(id) : Update(id, image);

    private Task<string> Put(string id, ImageReference image)
    {
        var i = Instances.FindIndex(instance => instance.Id == id);
        Instances[i] = Instances[i] with { Image = image, Version = $"{id}-{image.Tag}" };
        return Task.FromResult(id);
    }

    private Task CallAsync(string what, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Calls.Add(what);
        }

        return Latency > TimeSpan.Zero ? Task.Delay(Latency, cancellationToken) : Task.CompletedTask;
    }
}
