using System.Net;

namespace SreAgent.Lab.Fleet;

/// <summary>Finds a machine that runs an application.</summary>
internal interface IMachineDirectory
{
    /// <summary>The next one in turn. Null when none runs.</summary>
    Uri? Next(string app);
}

/// <summary>How services of the fleet call one another: real HTTP to a machine in turn, given up on after a while.</summary>
internal sealed class PeerClient(IMachineDirectory machines) : IDisposable
{
    /// <summary>Longest a service waits for another.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(1_500);

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });

    /// <returns>The status, and why there is none: 0 when nobody answered.</returns>
    public async Task<(int Status, string Problem)> CallAsync(PeerCall call, CancellationToken cancellationToken)
    {
        if (machines.Next(call.App) is not { } machine)
        {
            return (0, "no machine of it is started");
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(call.Method), new Uri(machine, call.Path));
            using var response = await _http.SendAsync(request, deadline.Token);
            return ((int)response.StatusCode, response.StatusCode >= HttpStatusCode.BadRequest ? $"it answered {(int)response.StatusCode}" : "");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (0, $"no answer within {Patience.TotalMilliseconds:F0} ms");
        }
        catch (HttpRequestException e)
        {
            return (0, e.Message);
        }
    }

    public void Dispose() => _http.Dispose();
}
