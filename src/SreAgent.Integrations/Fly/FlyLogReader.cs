using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Time;
using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <param name="Lines">Oldest first.</param>
/// <param name="MoreExist">Older lines match too, or the window was not read to its end.</param>
/// <param name="ReadUntil">How far the window was read when it was too long; null when all of it was.</param>
internal sealed record LogReading(IReadOnlyList<LogLine> Lines, bool MoreExist, DateTimeOffset? ReadUntil);

/// <summary>What is wanted of the logs besides a window.</summary>
internal sealed record LogFilter(string? Contains = null, string? Level = null, string? Instance = null, string? Region = null)
{
    public bool Takes(LogLine line) =>
        (Contains is null || line.Text.Contains(Contains, StringComparison.OrdinalIgnoreCase)) && (Level is null || string.Equals(line.Level, Level, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Pages through the logs from the beginning of a window: a page's token is the moment the next one begins at.</summary>
internal sealed class FlyLogReader(IFlyWebApi web)
{
    private const int MostPages = 50;

    public async Task<LogReading> ReadAsync(string app, TimeRange range, LogFilter filter, int limit, CancellationToken cancellationToken)
    {
        var kept = new Queue<LogLine>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var token = (range.From.ToUnixTimeMilliseconds() * 1_000_000).ToString(CultureInfo.InvariantCulture);
        var dropped = false;
        DateTimeOffset? last = null;
        for (var page = 0; page < MostPages; page++)
        {
            var logs = await web.LogsAsync(app, token, filter.Instance, filter.Region, cancellationToken);
            var fresh = (logs.Data ?? []).Where(entry => entry.Attributes is not null && (entry.Id is null || seen.Add(entry.Id))).ToArray();
            foreach (var line in fresh.Select(entry => Line(entry.Attributes!)))
            {
                last = line.At;
                if (line.At < range.From || line.At > range.To || !filter.Takes(line))
                {
                    continue;
                }

                kept.Enqueue(line);
                if (kept.Count > limit)
                {
                    kept.Dequeue();
                    dropped = true;
                }
            }

            var next = Next(logs.Meta?.NextToken);
            if (fresh.Length == 0 || next is null || string.Equals(next, token, StringComparison.Ordinal) || last > range.To)
            {
                return new LogReading([.. kept], dropped, ReadUntil: null);
            }

            token = next;
        }

        return new LogReading([.. kept], MoreExist: true, last);
    }

    private static LogLine Line(FlyLogAttributes entry) =>
        new(entry.Timestamp, entry.Level ?? "", entry.Instance ?? "", entry.Region ?? "", entry.Message ?? "");

    private static string? Next(JsonElement? token) => token switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };
}
