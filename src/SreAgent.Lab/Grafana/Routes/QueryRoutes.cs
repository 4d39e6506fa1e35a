using System.Text.Json;
using System.Text.Json.Nodes;

namespace SreAgent.Lab.Grafana.Routes;

/// <summary>Grafana's own query interface, as far as one expression at a time over a range goes.</summary>
internal static class QueryRoutes
{
    public static void Map(GrafanaMap map, PrometheusBehind prometheus) => map.OnRaw("POST", "/api/ds/query", call => QueryAsync(call, prometheus));

    private static async Task QueryAsync(GrafanaCall call, PrometheusBehind prometheus)
    {
        var body = call.Json();
        if (!body.TryGetProperty("queries", out var queries) || queries.ValueKind != JsonValueKind.Array || queries.GetArrayLength() == 0)
        {
            throw new GrafanaRefusal(400, "No queries found in query");
        }

        var range = PanelRange.Of(Text(body, "from"), Text(body, "to"), call.World.Now);
        var results = new JsonObject();
        var failed = 0;
        foreach (var query in queries.EnumerateArray())
        {
            var answer = await prometheus.QueryRangeAsync(Text(query, "expr") ?? "", range.From, range.To, PanelRange.Step(range), call.Aborted);
            failed += answer.Error is null ? 0 : 1;
            results[Text(query, "refId") ?? "A"] = answer.Error is { } error
                ? new JsonObject { ["error"] = error, ["status"] = 400, ["frames"] = new JsonArray() }
                : new JsonObject { ["status"] = 200, ["frames"] = new JsonArray([.. answer.Series.Select(Frame)]) };
        }

        // 207 where some worked and some did not, as the vendor describes it; where none did, the request as a whole is bad.
        var status = failed == 0 ? 200 : failed == queries.GetArrayLength() ? 400 : 207;
        await GrafanaMap.AnswerAsync(call.Context, status, new JsonObject { ["results"] = results });
    }

    private static JsonObject Frame(PrometheusSeries series) => new()
    {
        ["schema"] = new JsonObject
        {
            ["fields"] = new JsonArray(
                new JsonObject { ["name"] = "Time", ["type"] = "time" },
                new JsonObject { ["name"] = "Value", ["type"] = "number", ["labels"] = new JsonObject(series.Labels.Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))) }),
        },
        ["data"] = new JsonObject
        {
            ["values"] = new JsonArray(
                new JsonArray([.. series.Samples.Select(sample => (JsonNode)sample.At.ToUnixTimeMilliseconds())]),
                new JsonArray([.. series.Samples.Select(sample => double.IsFinite(sample.Value) ? (JsonNode?)sample.Value : null)])),
        },
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : null;
}
