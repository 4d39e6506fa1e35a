using System.Diagnostics;

namespace SreAgent.Lab;

/// <summary>
/// Waits until the practice world has something to tell: the first scrape is in and the first rule fires. A world that is slower than the
/// patience is handed over as it is.
/// </summary>
internal static class FirstAlert
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task WaitAsync(Uri prometheus, CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(prometheus, "api/v1/query?query=ALERTS%7Balertstate%3D%22firing%22%7D%20and%20on%28%29%20up"));
            using var response = await client.SendAsync(request, cancellationToken);
            if ((await response.Content.ReadAsStringAsync(cancellationToken)).Contains("Watchdog", StringComparison.Ordinal))
            {
                return;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }
}
