using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SreAgent.Testing.Http;

/// <summary>A socket on loopback that reads one request at a time and then says, byte for byte, what a test tells it to.</summary>
public sealed class LoopbackStub : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string, Stream, CancellationToken, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;

    private LoopbackStub(Func<string, Stream, CancellationToken, Task> answer, X509Certificate2? certificate)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        Address = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    /// <summary>Says <paramref name="bytes"/> to every request and closes.</summary>
    public static LoopbackStub Saying(string bytes, X509Certificate2? certificate = null) =>
        new((_, stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(bytes), token).AsTask(), certificate);

    /// <summary>Does whatever it is told with the request's head and the connection.</summary>
    public static LoopbackStub Doing(Func<string, Stream, CancellationToken, Task> answer) => new(answer, certificate: null);

    /// <summary>A whole answer with its length.</summary>
    public static string Reply(int status, string mediaType, string body) =>
        $"HTTP/1.1 {status} Status\r\nContent-Type: {mediaType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await using var stream = await SecuredAsync(client.GetStream());
                await _answer(await HeadAsync(stream), stream, _stop.Token);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The other side went away or does not trust us; the next one may.
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                return;
            }
        }
    }

    private async Task<Stream> SecuredAsync(Stream plain)
    {
        if (_certificate is null)
        {
            return plain;
        }

        var secured = new SslStream(plain);
        await secured.AuthenticateAsServerAsync(_certificate);
        return secured;
    }

    private async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[4096];
        while (!head.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
            {
                break;
            }

            head.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }

        return head.ToString();
    }
}
