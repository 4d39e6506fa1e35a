using System.Text.Json;

namespace SreAgent.Lab.Grafana.Routes;

/// <summary>Silences of Grafana's own Alertmanager, in Alertmanager's shape.</summary>
internal static class SilenceRoutes
{
    private const string All = "/api/alertmanager/grafana/api/v2/silences";
    private const string One = "/api/alertmanager/grafana/api/v2/silence/{id}";

    public static void Map(GrafanaMap map) => map
        .On("GET", All, List)
        .OnRaw("POST", All, CreateAsync)
        .On("GET", One, call => Wire(Found(call), call.World.Now))
        .On("DELETE", One, Expire);

    private static object List(GrafanaCall call)
    {
        lock (call.World.Gate)
        {
            return call.World.Silences.Select(silence => Wire(silence, call.World.Now)).ToArray();
        }
    }

    private static Task CreateAsync(GrafanaCall call)
    {
        call.Writer("alert.silences:create");
        var body = call.Json();
        var silence = new SilenceState(
            Text(body, "id") is { Length: > 0 } id ? id : Guid.NewGuid().ToString(), Matchers(body), Moment(body, "startsAt"), Moment(body, "endsAt"),
            Required(body, "createdBy"), Required(body, "comment"), call.World.Now);
        if (silence.EndsAt <= silence.StartsAt || silence.EndsAt <= call.World.Now)
        {
            throw new GrafanaRefusal(400, "failed to upsert silence: end time must not be before start time, nor in the past");
        }

        lock (call.World.Gate)
        {
            call.World.Silences.RemoveAll(other => other.Id == silence.Id);
            call.World.Silences.Add(silence);
        }

        call.Changed($"silence {silence.Id} until {silence.EndsAt.UtcDateTime:u}: {silence.Comment}");
        return GrafanaMap.AnswerAsync(call.Context, 202, new { silenceID = silence.Id });
    }

    private static object Expire(GrafanaCall call)
    {
        call.Writer("alert.silences:write");
        lock (call.World.Gate)
        {
            var silence = Found(call);
            call.World.Silences[call.World.Silences.IndexOf(silence)] = silence with { EndsAt = call.World.Now, UpdatedAt = call.World.Now };
        }

        call.Changed($"silence {call.Value("id")} expired");
        return new { message = "silence deleted" };
    }

    private static SilenceState Found(GrafanaCall call)
    {
        lock (call.World.Gate)
        {
            return call.World.Silences.Find(silence => silence.Id == call.Value("id")) ?? throw GrafanaRefusal.NotFound("silence");
        }
    }

    private static object Wire(SilenceState silence, DateTimeOffset now) => new
    {
        id = silence.Id,
        status = new { state = silence.EndsAt <= now ? "expired" : silence.StartsAt > now ? "pending" : "active" },
        matchers = silence.Matchers,
        startsAt = silence.StartsAt,
        endsAt = silence.EndsAt,
        updatedAt = silence.UpdatedAt,
        createdBy = silence.CreatedBy,
        comment = silence.Comment,
    };

    private static JsonElement Matchers(JsonElement body) =>
        body.TryGetProperty("matchers", out var matchers) && matchers.ValueKind == JsonValueKind.Array && matchers.GetArrayLength() > 0
            ? matchers
            : throw new GrafanaRefusal(400, "failed to upsert silence: at least one matcher required");

    private static string Required(JsonElement body, string name) =>
        Text(body, name) is { Length: > 0 } text ? text : throw new GrafanaRefusal(400, $"failed to upsert silence: {name} missing");

    private static DateTimeOffset Moment(JsonElement body, string name) =>
        DateTimeOffset.TryParse(Text(body, name), out var moment) ? moment : throw new GrafanaRefusal(400, $"bad request data: {name} is no date-time");

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
