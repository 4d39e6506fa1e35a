using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Fleet.Metrics;
using SreAgent.Lab.Http;

namespace SreAgent.Lab.Fleet;

/// <summary>
/// Where people come in: <c>http://127.0.0.1:34567/checkout/cart/7</c> goes to the next started machine of checkout as <c>/cart/7</c>. Its own
/// <c>/metrics</c> say what people really got, also when no machine is there to count.
/// </summary>
public sealed class FrontDoor : IAsyncDisposable
{
    private readonly IMachineDirectory _machines;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly MetricRegistry _registry = new();
    private readonly Counter _requests;
    private LabServer? _server;

    private FrontDoor(IMachineDirectory machines)
    {
        _machines = machines;
        _requests = _registry.Counter("edge_http_requests_total", "Requests answered at the front door.", "app", "code");
    }

    public Uri Address => _server?.Address ?? throw new InvalidOperationException("The front door is not open.");

    public static async Task<FrontDoor> OpenAsync(FleetHost fleet, CancellationToken cancellationToken)
    {
        var door = new FrontDoor(fleet);
        door._server = await LabServer.StartAsync(static _ => { }, (context, _) => door.HandleAsync(context), cancellationToken);
        return door;
    }

    public async ValueTask DisposeAsync()
    {
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        _http.Dispose();
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path == "/metrics")
        {
            context.Response.ContentType = MetricRegistry.ContentType;
            await context.Response.WriteAsync(_registry.Expose(), context.RequestAborted);
            return;
        }

        var end = path.IndexOf('/', 1);
        var app = path[1..(end < 0 ? path.Length : end)];
        if (!SampleServices.All.Contains(app))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsync($"There is no such application. There are: {string.Join(", ", SampleServices.All)}.\n", context.RequestAborted);
            return;
        }

        try
        {
            await ForwardAsync(context, app, (end < 0 ? "/" : path[end..]) + context.Request.QueryString);
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has hung up.
        }

        _requests.Add(app, context.Response.StatusCode.ToString());
    }

    private async Task ForwardAsync(HttpContext context, string app, string target)
    {
        if (_machines.Next(app) is not { } machine)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync($"no machine of {app} is started\n", context.RequestAborted);
            return;
        }

        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(machine, target));
            using var response = await _http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            await context.Response.WriteAsync($"a machine of {app} cut the connection\n", context.RequestAborted);
        }
    }
}
