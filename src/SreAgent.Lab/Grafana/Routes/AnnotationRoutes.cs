using System.Text.Json;

namespace SreAgent.Lab.Grafana.Routes;

internal static class AnnotationRoutes
{
    private const int DefaultLimit = 100;

    public static void Map(GrafanaMap map) => map
        .On("GET", "/api/annotations", List)
        .On("GET", "/api/annotations/{id:long}", One)
        .On("POST", "/api/annotations", Create)
        .On("PATCH", "/api/annotations/{id:long}", call => Change(call, isWhole: false))
        .On("PUT", "/api/annotations/{id:long}", call => Change(call, isWhole: true))
        .On("DELETE", "/api/annotations/{id:long}", Delete);

    private static object List(GrafanaCall call)
    {
        var tags = call.QueryAll("tags");
        var (from, to) = (call.QueryNumber("from") ?? 0, call.QueryNumber("to") is > 0 and var until ? until : long.MaxValue);
        lock (call.World.Gate)
        {
            return call.World.Annotations
                .Where(_ => call.Query("type") is not "alert")
                .Where(one => one.Time <= to && one.TimeEnd >= from)
                .Where(one => call.Query("dashboardUID") is not { Length: > 0 } dashboard || one.Dashboard == dashboard)
                .Where(one => call.QueryNumber("panelId") is not { } panel || one.Panel == panel)
                .Where(one => tags.Count == 0 || (call.Query("matchAny") is "true" ? tags.Any(tag => one.Tags.Contains(tag)) : tags.All(tag => one.Tags.Contains(tag))))
                .OrderByDescending(one => one.TimeEnd).ThenByDescending(one => one.Id)
                .Take((int)Math.Min(call.QueryNumber("limit") is > 0 and var limit ? limit : DefaultLimit, int.MaxValue))
                .Select(one => Wire(call.World, one)).ToArray();
        }
    }

    private static object One(GrafanaCall call)
    {
        lock (call.World.Gate)
        {
            return Wire(call.World, Found(call));
        }
    }

    private static object Create(GrafanaCall call)
    {
        var login = call.Writer("annotations:create");
        var body = call.Json();
        var text = Text(body, "text");
        if (string.IsNullOrEmpty(text))
        {
            throw new GrafanaRefusal(400, "Failed to save annotation: text field should not be empty");
        }

        var dashboard = Text(body, "dashboardUID");
        if (dashboard is { Length: > 0 } && !call.World.Seed.Dashboards.Any(known => known.Uid == dashboard))
        {
            throw GrafanaRefusal.NotFound("Dashboard");
        }

        var now = call.World.Now.ToUnixTimeMilliseconds();
        var time = Number(body, "time") is > 0 and var given ? given : now;
        var annotation = new AnnotationState(call.World.NextId(), login, now)
        {
            Dashboard = dashboard is { Length: > 0 } ? dashboard : null,
            Panel = (int)(Number(body, "panelId") ?? 0),
            Text = text,
            Tags = Tags(body) ?? [],
        };
        SetTimes(annotation, time, Number(body, "timeEnd") ?? time);
        lock (call.World.Gate)
        {
            call.World.Annotations.Add(annotation);
        }

        call.Changed($"annotation {annotation.Id}: {text.Split('\n')[0]}");
        return new { id = annotation.Id, message = "Annotation added" };
    }

    /// <param name="isWhole">PUT replaces what it names none of by nothing; PATCH leaves it.</param>
    private static object Change(GrafanaCall call, bool isWhole)
    {
        call.Writer("annotations:write");
        var body = call.Json();
        lock (call.World.Gate)
        {
            var annotation = Found(call);
            annotation.Text = Text(body, "text") ?? (isWhole ? "" : annotation.Text);
            annotation.Tags = Tags(body) ?? (isWhole ? [] : annotation.Tags);
            SetTimes(annotation, Number(body, "time") is > 0 and var time ? time : annotation.Time, Number(body, "timeEnd") is > 0 and var end ? end : annotation.TimeEnd);
            annotation.Updated = call.World.Now.ToUnixTimeMilliseconds();
        }

        call.Changed($"annotation {call.Value("id")} changed");
        return new { message = isWhole ? "Annotation updated" : "Annotation patched" };
    }

    private static object Delete(GrafanaCall call)
    {
        call.Writer("annotations:delete");
        lock (call.World.Gate)
        {
            call.World.Annotations.Remove(Found(call));
        }

        call.Changed($"annotation {call.Value("id")} deleted");
        return new { message = "Annotation deleted" };
    }

    private static AnnotationState Found(GrafanaCall call) =>
        call.World.Annotations.Find(one => one.Id.ToString() == call.Value("id")) ?? throw GrafanaRefusal.NotFound("annotation");

    /// <summary>Grafana puts the two in order.</summary>
    private static void SetTimes(AnnotationState annotation, long time, long end) => (annotation.Time, annotation.TimeEnd) = (Math.Min(time, end), Math.Max(time, end));

    private static object Wire(GrafanaWorld world, AnnotationState one) => new
    {
        id = one.Id,
        alertId = 0,
        alertName = "",
        dashboardId = one.Dashboard is null ? 0 : world.Seed.Dashboards.ToList().FindIndex(known => known.Uid == one.Dashboard) + 1,
        dashboardUID = one.Dashboard ?? "",
        panelId = one.Panel,
        userId = 1,
        newState = "",
        prevState = "",
        created = one.Created,
        updated = one.Updated,
        time = one.Time,
        timeEnd = one.TimeEnd,
        text = one.Text,
        tags = one.Tags,
        login = one.Login,
        email = $"{one.Login}@localhost",
        avatarUrl = "/avatar/0",
        data = new { },
    };

    private static string? Text(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;

    private static string[]? Tags(JsonElement body) =>
        body.TryGetProperty("tags", out var tags) && tags.ValueKind == JsonValueKind.Array ? [.. tags.EnumerateArray().Select(tag => tag.GetString() ?? "")] : null;
}
