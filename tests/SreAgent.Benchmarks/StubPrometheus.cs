using System.Net;
using System.Net.Sockets;

namespace SreAgent.Benchmarks;

/// <summary>Answers every query with one sample, at once: what is left is the way there and back.</summary>
internal sealed class StubPrometheus : IAsyncDisposable
{
    private static readonly byte[] Answer =
        """{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","job":"stub"},"value":[1763640000,"1"]}]}}"""u8.ToArray();

    private readonly HttpListener _listener;
    private readonly Task _serving;

    private StubPrometheus(HttpListener listener, string url)
    {
        _listener = listener;
        Url = url;
        _serving = ServeAsync();
    }

    public string Url { get; }

    public static StubPrometheus Start()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}";
        probe.Stop();
        var listener = new HttpListener { Prefixes = { $"{url}/" } };
        listener.Start();
        return new StubPrometheus(listener, url);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            context.Response.ContentType = "application/json";
            context.Response.ContentLength64 = Answer.Length;
            await context.Response.OutputStream.WriteAsync(Answer);
            context.Response.Close();
        }
    }
}
