using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SreAgent.Testing;

/// <summary>
/// A server on loopback that sends exactly the bytes a test wrote, chunk by chunk, and may hang up in the middle. One reply a request, in
/// order; a request beyond the last gets 500.
/// </summary>
public sealed class WireStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<WireReply> _replies = new();
    private readonly List<WireRequest> _requests = [];
    private readonly Task _serving;

    public WireStub()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public IReadOnlyList<WireRequest> Requests => _requests;

    public WireStub Then(int status, string body, params string[] headers)
    {
        _replies.Enqueue(new WireReply(status, [body], headers, HangUp: false));
        return this;
    }

    /// <summary>Server-sent events, each its own chunk.</summary>
    public WireStub ThenStream(string[] events, bool hangUp = false)
    {
        _replies.Enqueue(new WireReply(200, [.. events.Select(one => one + "\n\n")], ["Content-Type: text/event-stream"], hangUp));
        return this;
    }

    /// <summary>Begins an answer and then stays silent.</summary>
    public WireStub ThenSilence()
    {
        _replies.Enqueue(new WireReply(200, [": hold on\n\n"], ["Content-Type: text/event-stream"], HangUp: false, Silent: true));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            try
            {
                await AnswerAsync(client.GetStream());
            }
            catch (IOException)
            {
                // The other side hung up first; some tests want exactly that.
            }
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        _requests.Add(await ReadAsync(stream));
        var reply = _replies.TryDequeue(out var next) ? next : new WireReply(500, ["the script ends here"], [], HangUp: false);
        var head = new StringBuilder($"HTTP/1.1 {reply.Status.ToString(CultureInfo.InvariantCulture)} Stub\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n");
        foreach (var header in reply.Headers)
        {
            head.Append(header).Append("\r\n");
        }

        await WriteAsync(stream, head.Append("\r\n").ToString());
        foreach (var chunk in reply.Chunks)
        {
            var bytes = Encoding.UTF8.GetByteCount(chunk);
            await WriteAsync(stream, $"{bytes:x}\r\n{chunk}\r\n");
        }

        if (reply.Silent)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
        }

        if (!reply.HangUp)
        {
            await WriteAsync(stream, "0\r\n\r\n");
        }
    }

    private static async Task<WireRequest> ReadAsync(NetworkStream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[16_384];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var head = text[..end];
                var lines = head.Split("\r\n");
                var length = lines.Select(line => line.Split(": ", 2)).Where(pair => pair[0].Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                    .Select(pair => int.Parse(pair[1], CultureInfo.InvariantCulture)).FirstOrDefault(-1);
                if (length >= 0 ? received.Count >= end + 4 + length : text.EndsWith("0\r\n\r\n", StringComparison.Ordinal))
                {
                    var body = length >= 0 ? Encoding.UTF8.GetString(received.ToArray(), end + 4, length) : Unchunk(text[(end + 4)..]);
                    return new WireRequest(lines[0], lines[1..], body);
                }
            }

            var read = await stream.ReadAsync(buffer);
            if (read == 0)
            {
                throw new IOException("The request ended early.");
            }

            received.AddRange(buffer.AsSpan(0, read));
        }
    }

    private static string Unchunk(string text)
    {
        var body = new StringBuilder();
        while (text.IndexOf("\r\n", StringComparison.Ordinal) is var end and > 0 && int.Parse(text[..end], NumberStyles.HexNumber, CultureInfo.InvariantCulture) is var size and > 0)
        {
            body.Append(text, end + 2, size);
            text = text[(end + 2 + size + 2)..];
        }

        return Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body.ToString()));
    }

    private static Task WriteAsync(NetworkStream stream, string text) => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask();

    private sealed record WireReply(int Status, string[] Chunks, string[] Headers, bool HangUp, bool Silent = false);
}

/// <param name="Line">Method, path and version.</param>
public sealed record WireRequest(string Line, IReadOnlyList<string> Headers, string Body);
