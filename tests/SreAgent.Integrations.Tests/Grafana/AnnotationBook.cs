using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>Grafana's annotations: kept, filtered by tag, patched in place.</summary>
internal sealed class AnnotationBook : HttpMessageHandler
{
    public List<JsonObject> Entries { get; } = [];

    /// <summary>Answers every search with all entries, as a server that does not know the filter would.</summary>
    public bool IgnoresFilters { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        var body = request.Content is null ? null : JsonNode.Parse(await request.Content.ReadAsStringAsync(cancellationToken))!.AsObject();
        if (request.Method == HttpMethod.Post && path == "/g/api/annotations")
        {
            body!["id"] = Entries.Count + 1;
            Entries.Add(body);
            return Json($$"""{"id":{{Entries.Count}},"message":"Annotation added"}""");
        }

        if (request.Method == HttpMethod.Patch && path.StartsWith("/g/api/annotations/", StringComparison.Ordinal))
        {
            var id = int.Parse(path.Split('/')[^1], CultureInfo.InvariantCulture);
            if (Entries.Find(entry => (int)entry["id"]! == id) is not { } entry)
            {
                return Json("""{"message":"Annotation not found"}""", HttpStatusCode.NotFound);
            }

            foreach (var (name, value) in body!)
            {
                entry[name] = value?.DeepClone();
            }

            return Json("""{"message":"Annotation patched"}""");
        }

        var tags = request.RequestUri.Query.TrimStart('?').Split('&').Where(pair => pair.StartsWith("tags=", StringComparison.Ordinal)).Select(pair => Uri.UnescapeDataString(pair[5..])).ToArray();
        var found = Entries.Where(entry => IgnoresFilters || tags.All(tag => entry["tags"]!.AsArray().Any(own => (string?)own == tag)));
        return Json(new JsonArray([.. found.Select(entry => entry.DeepClone())]).ToJsonString());
    }

    private static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
