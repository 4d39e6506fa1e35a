using System.Text;
using System.Text.Json;
using SreAgent.Core.Time;
using SreAgent.Integrations.Alertmanager;
using SreAgent.Integrations.Prometheus;
using SreAgent.Testing;
using SreAgent.Testing.Servers;
using SreAgent.Testing.Specs;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>What we send to Prometheus and Alertmanager, the real ones, held against what they publish.</summary>
public class MetricsContractTests(RealPrometheus prometheus, RealAlertmanager alertmanager)
{
    private static readonly string PrometheusFile = RepositoryRoot.Path("tests", "specs", "prometheus", "openapi_3.1.json");

    private static readonly string AlertmanagerFile = RepositoryRoot.Path("tests", "specs", "alertmanager", "api-v2-openapi.json");

    private static readonly KnownDeviation Older = new("GET /silences: response 200*annotations is required and missing", "The description is of a newer Alertmanager than the one the tests run with; silences had none then.");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_question_to_Prometheus_is_one_it_describes()
    {
        using var tap = new ExchangeTap { InnerHandler = new SocketsHttpHandler() };
        using var wired = Wired.With(Settings("Prometheus", (await prometheus.ServerAsync()).Address), primary: tap);
        var (api, calls) = Watched.Over(wired.Get<IPrometheusApi>());
        var range = new TimeRange(RealPrometheus.HistoryStart, RealPrometheus.HistoryEnd);

        await api.QueryAsync("demo_depth", RealPrometheus.HistoryEnd, new SeriesCollector(SeriesOrder.Highest, 10), Token);
        await api.QueryRangeAsync("demo_depth", range, TimeSpan.FromMinutes(1), new SeriesCollector(SeriesOrder.Highest, 10), Token);
        await api.SeriesAsync("demo_depth", range, 10, Token);
        await api.LabelsAsync("demo_depth", range, Token);
        await api.LabelValuesAsync("service", "demo_depth", range, Token);
        await api.MetadataAsync(Token);
        await api.AlertsAsync(Token);
        await api.RulesAsync(Token);
        await api.TargetsAsync(Token);
        await api.BuildInfoAsync(Token);

        Assert.Empty(calls.NotCalled);
        var description = ApiDescription.Load(PrometheusFile, "/api/v1");
        Assert.Equal(typeof(IPrometheusApi).GetMethods().Length, tap.Exchanges.Count);
        Assert.All(tap.Exchanges, exchange =>
        {
            var operation = description.Find(exchange.Method, exchange.Path, out var problem);
            Assert.True(operation is not null, problem);

            // A moment may be a number of seconds, which in a query is text that the check takes for a date.
            Assert.DoesNotContain(operation.CheckRequest(exchange), problem => !problem.Contains("query parameter start: ", StringComparison.Ordinal) && !problem.Contains("query parameter end: ", StringComparison.Ordinal));
            Assert.Empty(FormFields(exchange).Except(DeclaredFormFields(operation.ToString()), StringComparer.Ordinal));
            Assert.Equal(200, exchange.Status);
        });
    }

    [Fact]
    public async Task Every_exchange_with_Alertmanager_keeps_to_its_description()
    {
        using var recording = new RecordingHandler(ApiDescription.Load(AlertmanagerFile), Older) { InnerHandler = new SocketsHttpHandler() };
        using var wired = Wired.With(Settings("Alertmanager", (await alertmanager.ServerAsync()).Address), primary: recording);
        var (api, calls) = Watched.Over(wired.Get<IAlertmanagerApi>());
        var now = TimeProvider.System.GetUtcNow();

        await api.StatusAsync(Token);
        await api.AlertsAsync([AlertMatcher.Parse("service=\"contract\""), AlertMatcher.Parse("job=~\"a|b\"")], Token);
        var id = await api.CreateSilenceAsync(new PostableSilence([new ApiMatcher("service", "contract", IsRegex: false, IsEqual: true)], now, now.AddMinutes(5), "contract test", "Said"), Token);
        Assert.NotNull(await api.SilenceAsync(Guid.Parse(id), Token));
        await api.SilencesAsync(Token);
        await api.ExpireSilenceAsync(Guid.Parse(id), Token);

        Assert.Empty(calls.NotCalled);
        recording.AssertFaithful();
    }

    private static Dictionary<string, string?> Settings(string system, Uri address) => new(StringComparer.Ordinal) { [$"Integrations:{system}:BaseUrl"] = address.ToString() };

    private static IEnumerable<string> FormFields(ApiExchange exchange) =>
        Encoding.UTF8.GetString(exchange.RequestBody.Span).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Uri.UnescapeDataString(pair.Split('=')[0]));

    /// <summary>The description's own words, since forms are not JSON.</summary>
    private static IEnumerable<string> DeclaredFormFields(string operation)
    {
        var root = JsonElement.Parse(File.ReadAllBytes(PrometheusFile));
        var (method, path) = operation.Split(' ') is [var first, var second] ? (first, second) : default;
        if (!root.GetProperty("paths").GetProperty(path).GetProperty(method.ToLowerInvariant()).TryGetProperty("requestBody", out var body))
        {
            return [];
        }

        var schema = body.GetProperty("content").GetProperty("application/x-www-form-urlencoded").GetProperty("schema");
        schema = schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.TrimStart('#', '/').Split('/').Aggregate(root, (at, part) => at.GetProperty(part)) : schema;
        return schema.GetProperty("properties").EnumerateObject().Select(property => property.Name);
    }
}
