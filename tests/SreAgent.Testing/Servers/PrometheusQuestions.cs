using System.Globalization;
using System.Net;
using System.Text.Json;

namespace SreAgent.Testing.Servers;

/// <summary>Asks a real Prometheus over its API, past everything of ours.</summary>
public sealed class PrometheusQuestions(Uri prometheus)
{
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { UseProxy = false });
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<JsonElement[]> QueryAsync(string query)
    {
        var answer = JsonElement.Parse(await GetAsync(new Uri(prometheus, $"api/v1/query?query={Uri.EscapeDataString(query)}")));
        return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>The value of a query's first series, once it has one that will do.</summary>
    public async Task<double> UntilAsync(string query, Func<double, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        var last = "nothing";
        while (true)
        {
            if (await QueryAsync(query) is [var series, ..])
            {
                last = series.GetProperty("value")[1].GetString()!; // A sample's value is a string.
                var value = double.Parse(last, CultureInfo.InvariantCulture);
                if (condition(value))
                {
                    return value;
                }
            }

            Assert.False(deadline.IsCancellationRequested, $"{query} stayed at {last}.");
            await Task.Delay(Pause, Token);
        }
    }

    /// <summary>What answers 200 at an address.</summary>
    /// <param name="address">Of anything that speaks HTTP.</param>
    /// <param name="token">Shown as a bearer token. Absent where none is asked for.</param>
    public static async Task<string> GetAsync(Uri address, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("tests");
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var response = await Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
