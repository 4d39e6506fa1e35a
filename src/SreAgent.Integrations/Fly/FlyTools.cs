using System.ComponentModel;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <summary>What a conversation can ask about applications on Fly.</summary>
internal sealed partial class FlyTools(
    IFlyMachinesApi api, IFlyWebApi web, AppNames apps, FlyPages pages, FlyPlatform platform, IRollouts rollouts, FlyOperations operations, FlyOptions options, TimeProvider clock)
    : IToolset
{
    private const string Source = "fly";

    private const int DefaultLimit = 50;
    private const int MostReleases = 100;

    private readonly FlyLogReader _logs = new(web);

    public string Name => Source;

    public string? Environment { get; } = options.Connection?.Environment;

    [SreTool("fly_list_apps", ToolEffect.Read)]
    [Description("Lists Fly.io applications and the services they are.")]
    public async Task<ToolResult> ListAppsAsync(string? contains = null, int? limit = null, CancellationToken cancellationToken = default)
    {
        var organization = options.Organization ?? (await api.TokensAsync(cancellationToken)).Select(token => token.OrgSlug).FirstOrDefault(slug => !string.IsNullOrEmpty(slug))
            ?? throw new ToolException($"The token does not say whose it is; set {FlyOptions.Section}:Organization to the organisation's slug.");
        var all = await api.AppsAsync(organization, cancellationToken);
        var found = all.Where(app => contains is null || (app.Name ?? "").Contains(contains, StringComparison.OrdinalIgnoreCase)).OrderBy(app => app.Name, StringComparer.Ordinal).ToArray();
        var most = Most(limit, 500);
        var evidence = Evidence($"apps of {organization}", page: null, More(found.Length, most, "applications"));
        return found.Length > 0
            ? new ToolResult.Found(
                new AppsResult([.. found.Take(most).Select(app => new AppView(app.Name ?? "", app.Status ?? "unknown", app.MachineCount, apps.ServiceOf(app.Name)))], found.Length > most), evidence)
            : new ToolResult.NoData(evidence.Query, [all.Count > 0 ? $"{all.Count} applications, none of that name." : "The organisation has none, or the token may not see them."], evidence);
    }

    [SreTool("fly_status", ToolEffect.Read)]
    [Description("An application's machines with checks, its current release and image, and what is wrong with them.")]
    public async Task<ToolResult> StatusAsync([Description("Service or Fly app")] string app, CancellationToken cancellationToken = default)
    {
        var name = apps.Seen(app);
        var releases = ReleasesOrGapAsync(name, cancellationToken);
        var machines = (await api.MachinesAsync(name, cancellationToken)).OfApplication();
        var (found, gap) = await releases;
        var fleet = FlyFleet.From(name, found, machines, clock.GetUtcNow());
        var evidence = Evidence($"machines and releases of {name}", pages.App(name), gap is null ? [] : [$"Releases could not be looked at: {gap}"]);
        return machines.Count > 0
            ? new ToolResult.Found(
                new StatusResult(name, fleet.Newest is { } release ? ReleaseView.Of(release) : null, fleet.Image?.ToString(), FleetWarnings.Of(fleet), [.. machines.Select(View)]), evidence)
            : new ToolResult.NoData(evidence.Query, ["The application has no machine: never deployed, or scaled to none."], evidence);
    }

    [SreTool("fly_list_releases", ToolEffect.Read)]
    [Description("An application's releases with images, newest first, and where a rollback would go.")]
    public async Task<ToolResult> ListReleasesAsync([Description("Service or Fly app")] string app, int? limit = null, CancellationToken cancellationToken = default)
    {
        var name = apps.Seen(app);
        var most = Most(limit, MostReleases, fallback: 10);
        var machines = api.MachinesAsync(name, cancellationToken);
        var releases = await web.ReleasesAsync(name, Math.Max(most + 1, 25), cancellationToken);
        var fleet = FlyFleet.From(name, releases, (await machines).OfApplication(), clock.GetUtcNow());
        var evidence = Evidence($"releases of {name}", pages.Releases(name), More(fleet.Releases.Count, most, "releases"));
        return fleet.Releases.Count > 0
            ? new ToolResult.Found(new ReleasesResult([.. fleet.Releases.Take(most).Select(ReleaseView.Of)], fleet.RollbackTarget?.Id, fleet.Releases.Count > most), evidence)
            : new ToolResult.NoData(evidence.Query, ["Never deployed with flyctl; changes by the Machines API leave no release."], evidence);
    }

    [SreTool("fly_get_logs", ToolEffect.Read)]
    [Description("An application's log lines in a window (last hour by default; about 7 days are kept).")]
    public async Task<ToolResult> GetLogsAsync(
        [Description("Service or Fly app")] string app,
        [Description("Such as now-1h")] string? since = null,
        string? until = null,
        string? contains = null,
        [Description("Such as error")] string? level = null,
        [Description("Machine id")] string? instance = null,
        string? region = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var name = apps.Seen(app);
        var now = clock.GetUtcNow();
        var range = new TimeRange(Moment(since, now - TimeSpan.FromHours(1), now), Moment(until, now, now));
        if (range.From > range.To)
        {
            throw new ToolException($"since ({range.From:u}) lies after until ({range.To:u}).");
        }

        var most = Most(limit, 500);
        var reading = await _logs.ReadAsync(name, range, new LogFilter(contains, level, instance, region), most, cancellationToken);
        string[] notes =
        [
            .. reading.MoreExist && reading.ReadUntil is null ? [$"The newest {most} of those that match; older ones exist. Narrow the window or raise limit."] : Array.Empty<string>(),
            .. reading.ReadUntil is { } read ? [$"The window holds too many lines: read from its beginning until {read:u} only. Narrow it."] : Array.Empty<string>(),
        ];
        var evidence = new Evidence(Source, $"logs of {name}") { Range = range, Link = pages.Logs(name), Notes = notes };
        return reading.Lines.Count > 0
            ? new ToolResult.Found(new LogsResult(reading.Lines, reading.MoreExist), evidence)
            : new ToolResult.NoData(evidence.Query, ["Nothing was logged in the window, no line matches, or it lies further back than Fly keeps (about 7 days)."], evidence);
    }

    [SreTool("fly_list_resources", ToolEffect.Read)]
    [Description("Lists an application's volumes, certificates or secret names (never values), or Fly's regions.")]
    public async Task<ToolResult> ListResourcesAsync([Description("Service or Fly app")] string app, FlyResource kind, CancellationToken cancellationToken = default)
    {
        var name = apps.Seen(app);
        object[] items = kind switch
        {
            FlyResource.Volumes => [.. (await api.VolumesAsync(name, cancellationToken)).Select(volume => new VolumeView(
                volume.Id, volume.Name ?? "", volume.State ?? "", volume.Region ?? "", volume.SizeGb, volume.AttachedMachineId, volume.HostStatus ?? "ok", volume.Encrypted))],
            FlyResource.Certificates => [.. ((await api.CertificatesAsync(name, cancellationToken)).Certificates ?? []).Select(certificate => new CertificateView(
                certificate.Hostname ?? "", certificate.Status ?? "", certificate.Configured))],
            FlyResource.Secrets => [.. ((await api.SecretsAsync(name, cancellationToken)).Secrets ?? []).Select(secret => new SecretView(secret.Name, secret.UpdatedAt))],
            _ => [.. ((await api.RegionsAsync(cancellationToken)).Regions ?? []).Where(region => region.Deprecated != true).Select(region => new RegionView(region.Code, region.Name ?? ""))],
        };
        var what = kind.ToString().ToLowerInvariant();
        var evidence = Evidence(kind == FlyResource.Regions ? "regions" : $"{what} of {name}", pages.App(name), More(items.Length, 200, what));
        return items.Length > 0
            ? new ToolResult.Found(new ResourcesResult(what, [.. items.Take(200)], items.Length > 200), evidence)
            : new ToolResult.NoData(evidence.Query, [$"There are no {what}."], evidence);
    }

    private async Task<(IReadOnlyList<FlyRelease> Found, string? Gap)> ReleasesOrGapAsync(string app, CancellationToken cancellationToken)
    {
        try
        {
            return (await web.ReleasesAsync(app, 25, cancellationToken), null);
        }
        catch (ToolException e)
        {
            return ([], e.Message);
        }
    }

    private static MachineView View(FlyMachine machine) => new(
        machine.Id, machine.InstanceId ?? "", machine.Region ?? "", machine.State ?? "unknown", machine.Group(), machine.Size(), machine.Image()?.ToString(), machine.HostStatus ?? "ok",
        [.. (machine.Checks ?? []).Select(check => check.Status == "passing" ? $"{check.Name}: passing" : $"{check.Name}: {check.Status} {check.Output}".Trim())]);

    private Evidence Evidence(string asked, Uri? page, string[] notes) => new(Source, asked) { Link = page, Notes = [$"As of {clock.GetUtcNow():u}.", .. notes] };

    private static string[] More(int found, int most, string what) => found > most ? [$"{most} of {found} or more {what} shown. Narrow the question or raise limit."] : [];

    private static int Most(int? limit, int ceiling, int fallback = DefaultLimit) => Math.Clamp(limit ?? fallback, 1, ceiling);

    private static DateTimeOffset Moment(string? text, DateTimeOffset fallback, DateTimeOffset now) =>
        text is null ? fallback : TimeExpression.TryParse(text, now, out var moment) ? moment : throw new ToolException($"'{text}' is not a time; give {TimeExpression.Accepted}.");
}
