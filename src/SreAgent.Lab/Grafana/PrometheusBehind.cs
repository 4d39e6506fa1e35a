using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace SreAgent.Lab.Grafana;

/// <summary>The real Prometheus behind the data source.</summary>
internal sealed class PrometheusBehind(Uri address, HttpMessageInvoker client)
{
    public Uri Address => address;

    /// <summary>Passes a request on as it is, and the answer back as it comes.</summary>
    public async Task PassAsync(GrafanaCall call, string path)
    {
        var (from, to) = (call.Context.Request, call.Context.Response);
        using var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(address, path + from.QueryString));
        if (call.Content.Length > 0)
        {
            request.Content = new ByteArrayContent(call.Content);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.TryParse(from.ContentType, out var type) ? type : null;
        }

        using var response = await SendAsync(request, call.Aborted);
        to.StatusCode = (int)response.StatusCode;
        to.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(to.Body, call.Aborted);
    }

    /// <summary>What an expression yields at a moment.</summary>
    public Task<PrometheusAnswer> QueryAsync(string expression, DateTimeOffset at, CancellationToken cancellationToken) =>
        AskAsync("api/v1/query", [new("query", expression), new("time", Seconds(at))], cancellationToken);

    /// <summary>What an expression yields over a range.</summary>
    public Task<PrometheusAnswer> QueryRangeAsync(string expression, DateTimeOffset from, DateTimeOffset to, TimeSpan step, CancellationToken cancellationToken) =>
        AskAsync(
            "api/v1/query_range",
            [new("query", expression), new("start", Seconds(from)), new("end", Seconds(to)), new("step", step.TotalSeconds.ToString(CultureInfo.InvariantCulture))],
            cancellationToken);

    private async Task<PrometheusAnswer> AskAsync(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, path)) { Content = new FormUrlEncodedContent(form) };
        using var response = await SendAsync(request, cancellationToken);
        var body = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return body.TryGetProperty("data", out var data) && data.TryGetProperty("result", out var result)
            ? new PrometheusAnswer(result.ValueKind == JsonValueKind.Array ? [.. result.EnumerateArray().Where(series => series.ValueKind == JsonValueKind.Object).Select(PrometheusSeries.Read)] : [], Error: null)
            : new PrometheusAnswer([], body.GetProperty("error").GetString());
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException)
        {
            throw new GrafanaRefusal(502, "Bad Gateway");
        }
    }

    private static string Seconds(DateTimeOffset moment) => (moment.ToUnixTimeMilliseconds() / 1000.0).ToString(CultureInfo.InvariantCulture);
}

/// <param name="Error">What Prometheus objects to. Absent when it answered.</param>
internal sealed record PrometheusAnswer(IReadOnlyList<PrometheusSeries> Series, string? Error);

internal sealed record PrometheusSeries(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(DateTimeOffset At, double Value)> Samples)
{
    public static PrometheusSeries Read(JsonElement series)
    {
        var samples = series.TryGetProperty("values", out var many) ? many.EnumerateArray().ToArray() : [series.GetProperty("value")];
        return new PrometheusSeries(
            series.GetProperty("metric").EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString() ?? "", StringComparer.Ordinal),
            [.. samples.Select(sample => (DateTimeOffset.UnixEpoch.AddSeconds(sample[0].GetDouble()), Number(sample[1].GetString())))]);
    }

    private static double Number(string? text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text ?? "NaN", CultureInfo.InvariantCulture),
    };
}
