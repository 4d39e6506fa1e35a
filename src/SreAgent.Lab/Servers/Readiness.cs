using System.Diagnostics;
using System.Net;

namespace SreAgent.Lab.Servers;

/// <summary>Asks a server until it says it is ready.</summary>
internal static class Readiness
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    /// <returns>False when it ended or never became ready.</returns>
    public static async Task<bool> WaitAsync(ServerProcess server, Uri ready, CancellationToken cancellationToken)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler());
        var started = Stopwatch.GetTimestamp();
        while (!server.HasExited && Stopwatch.GetElapsedTime(started) < Patience)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, ready);
                using var response = await client.SendAsync(request, cancellationToken);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return !server.HasExited;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(Pause, cancellationToken);
        }

        return false;
    }
}
