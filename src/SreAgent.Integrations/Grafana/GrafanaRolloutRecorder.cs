using System.Globalization;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>Shows a deploy or rollback as a region on the service's dashboard, or on all of them when it has none.</summary>
internal sealed class GrafanaRolloutRecorder(IGrafanaApi api) : IRolloutRecorder
{
    private const int Looked = 100;

    public string Name => "grafana";

    public bool Takes(RolloutRecord record) => true;

    public async Task<string> OpenAsync(RolloutRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var id = await api.CreateAnnotationAsync(
            new NewAnnotation(
                GrafanaUid.TryParse(record.Dashboard)?.Value, PanelId: null, record.StartedAt.ToUnixTimeMilliseconds(), TimeEnd: null, AnnotationTags.Of(record), AnnotationText.Opened(record)),
            cancellationToken);
        return id.ToString(CultureInfo.InvariantCulture);
    }

    public async Task<string?> FindAsync(RolloutRecord record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        var key = AnnotationTags.Key(record);
        var found = await api.AnnotationsAsync(new AnnotationSearch(Range: null, key, Dashboard: null, Looked), cancellationToken);

        // Looked at again, because a server that ignores a filter must not have us close somebody else's annotation.
        var ours = found.Where(one => one.Tags is { } tags && key.All(tag => tags.Contains(tag, StringComparer.Ordinal))).OrderBy(one => one.Id).FirstOrDefault();
        return ours?.Id.ToString(CultureInfo.InvariantCulture);
    }

    public Task CloseAsync(RolloutRecord record, string handle, RolloutEnding ending, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(ending);
        var end = ending.At > record.StartedAt ? ending.At : record.StartedAt;
        return long.TryParse(handle, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? api.UpdateAnnotationAsync(id, new AnnotationUpdate(end.ToUnixTimeMilliseconds(), AnnotationText.Closed(record, ending), AnnotationTags.Of(record)), cancellationToken)
            : throw new ToolException($"'{handle}' is not the id of a Grafana annotation; the record of {record.Change} stays open.");
    }
}
