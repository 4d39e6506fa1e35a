using System.Diagnostics;

namespace SreAgent.Lab;

/// <summary>
/// Waits until the practice world has something to tell: the fleet's first scrape is in and the first rule fires, which takes Prometheus
/// five to ten seconds. A world that is slower than the patience is handed over as it is.
/// </summary>
internal static class FirstSamples
{
    private const string Query = "ALERTS{alertstate=\"firing\"} and on() up{job=\"fleet\"}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(Uri prometheus, CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(prometheus, "api/v1/query?query=" + Uri.EscapeDataString(Query)));
            using var response = await client.SendAsync(request, cancellationToken);
            if ((await response.Content.ReadAsStringAsync(cancellationToken)).Contains("Watchdog", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
