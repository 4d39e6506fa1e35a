using System.ComponentModel;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>Marks on dashboards.</summary>
internal sealed partial class GrafanaTools
{
    [SreTool("grafana_list_annotations", ToolEffect.Read)]
    [Description("Lists marks on dashboards: deploys, rollbacks, alerts, people's notes.")]
    public async Task<ToolResult> ListAnnotationsAsync(
        [Description("now-1d (default) or RFC 3339")] string? from = null,
        string? to = null,
        [Description("All must match")] string[]? tags = null,
        [Description("uid")] string? dashboard = null,
        int? limit = null,
        CancellationToken cancellationToken = default)
    {
        var (range, defaults) = AskedWindow.LastDay.Read(from, to, clock.GetUtcNow());
        var on = dashboard is null ? null : GrafanaUid.ParseDashboard(dashboard);
        var most = Most(limit);
        var found = await api.AnnotationsAsync(new AnnotationSearch(range, tags ?? [], on, most + 1), cancellationToken);
        var asked = $"annotations{(on is null ? "" : $" on {on}")}{string.Concat((tags ?? []).Select(tag => $" #{tag}"))}";
        var evidence = new Evidence(Source, asked)
        {
            Range = range,
            Link = on is null ? null : _links.Dashboard(on, range),
            Notes = [.. defaults, .. found.Count > most ? [$"The newest {most} are shown; more exist. Narrow the window or raise limit."] : Array.Empty<string>()],
        };
        return found.Count > 0
            ? new ToolResult.Found(found.OrderByDescending(one => one.Time).Take(most).Select(one => GrafanaMapper.Mark(one, _links)).ToArray(), evidence)
            : new ToolResult.NoData(asked, ["Nobody left such a mark in this window; widen it, or drop a tag."], evidence);
    }

    [SreTool("grafana_create_annotation", ToolEffect.Write)]
    [Description("Leaves a note on a dashboard, or for everybody. Deploys and rollbacks are noted by themselves.")]
    public async Task<ToolResult> CreateAnnotationAsync(
        string text,
        [Description("now (default) or RFC 3339")] string? from = null,
        [Description("Makes it a span")] string? to = null,
        string[]? tags = null,
        [Description("uid")] string? dashboard = null,
        int? panel = null,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw new ToolException("An annotation needs a text.");
        }

        if (panel is not null && dashboard is null)
        {
            throw new ToolException("A panel is only known together with its dashboard; give both.");
        }

        var now = clock.GetUtcNow();
        var start = from is null ? now : AskedWindow.Moment(nameof(from), from, now);
        DateTimeOffset? end = to is null ? null : AskedWindow.Moment(nameof(to), to, now);
        if (end < start)
        {
            throw new ToolException($"The span is empty: from ({start:u}) must not be after to ({end:u}).");
        }

        var on = dashboard is null ? null : GrafanaUid.ParseDashboard(dashboard);
        var created = new NewAnnotation(on?.Value, panel, start.ToUnixTimeMilliseconds(), end?.ToUnixTimeMilliseconds(), AnnotationTags.ForNote(tags ?? []), AnnotationText.Plain(text));
        var id = await api.CreateAnnotationAsync(created, cancellationToken);
        var range = new TimeRange(start, end ?? start);
        return new ToolResult.Found(
            new { id, tags = created.Tags, dashboard = on?.Value },
            new Evidence(Source, $"annotation {id}")
            {
                Range = range,
                Link = on is null ? null : _links.Dashboard(on, new TimeRange(start.AddMinutes(-30), range.To.AddMinutes(30))),
                Notes = from is null ? ["Time not given: now."] : [],
            });
    }
}
