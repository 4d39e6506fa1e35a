using System.Net.Mime;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Fleet.Metrics;

namespace SreAgent.Lab.Fleet;

/// <summary>One image at work on one machine, from its start to its end. Its metrics begin at zero, as a process's do.</summary>
internal sealed class ServiceProcess
{
    private const string PoolSizeVariable = "WORKER_POOL_SIZE";
    private static readonly TimeSpan SlowForPeople = TimeSpan.FromSeconds(1);

    private readonly LabMachine _machine;
    private readonly Behaviour _behaviour;
    private readonly ServiceMetrics _metrics;
    private readonly WorkerPool _workers;
    private readonly PeerClient _peers;
    private readonly AppLog _log;
    private readonly TimeProvider _clock;
    private readonly Random _random;

    public ServiceProcess(LabMachine machine, LabImage image, Behaviour behaviour, PeerClient peers, AppLog log, int seed, TimeProvider clock)
    {
        (_machine, _behaviour, _peers, _log, _clock, _random) = (machine, behaviour, peers, log, clock, new Random(seed));
        var workers = machine.Environment.TryGetValue(PoolSizeVariable, out var size) && int.TryParse(size, out var stated) && stated > 0 ? stated : behaviour.Workers;
        var commit = image.Labels.GetValueOrDefault("org.opencontainers.image.revision", "");
        _metrics = new ServiceMetrics(machine.App, image, commit, workers, clock.GetUtcNow());
        _workers = new WorkerPool(workers, _metrics);
        Recent = new RecentOutcomes(clock);
        log.Add(machine, "info", $"{image} (commit {commit[..Math.Min(7, commit.Length)]}) listening, {workers} workers");
    }

    public RecentOutcomes Recent { get; }

    public Task HandleAsync(HttpContext context) => context.Request.Path.Value switch
    {
        "/healthz" => AnswerAsync(context, 200, new { status = "ok", service = _machine.App, version = _machine.Image, machine = _machine.Id }),
        "/metrics" => ExposeAsync(context),
        _ => ServeAsync(context),
    };

    private async Task ServeAsync(HttpContext context)
    {
        var (method, path) = (context.Request.Method, context.Request.Path.Value ?? "/");
        var route = SampleServices.RoutesOf(_machine.App).FirstOrDefault(candidate => candidate.Takes(method, path));
        var began = _clock.GetTimestamp();
        _metrics.Began();
        var status = StatusCodes.Status499ClientClosedRequest;
        var problem = "";
        try
        {
            (status, problem) = route is null ? (404, "") : await WorkAsync(route, context.RequestAborted);
            await AnswerAsync(context, status, status < 400
                ? new { service = _machine.App, version = _machine.Image, route = route?.Template }
                : new { error = status == 404 ? "not found" : "internal error", service = _machine.App });
        }
        catch (OperationCanceledException)
        {
            // Whoever asked has hung up; nobody is left to answer.
        }
        finally
        {
            var took = _clock.GetElapsedTime(began);
            _metrics.Ended(route?.Template ?? "other", route is null ? "any" : method, status, took);
            Recent.Add(status < 500 && took <= SlowForPeople);
            LogOutcome(method, path, status, took, problem);
        }
    }

    private async Task<(int Status, string Problem)> WorkAsync(ServiceRoute route, CancellationToken cancellationToken)
    {
        if (await _workers.TryEnterAsync(cancellationToken) is not { } worker)
        {
            return (503, "worker pool exhausted: every worker is busy and the queue is full");
        }

        try
        {
            var (fails, delay) = Draw(route);
            await Task.Delay(delay, _clock, cancellationToken);
            if (fails)
            {
                return (500, _behaviour.Failure);
            }

            foreach (var call in route.Calls)
            {
                var began = _clock.GetTimestamp();
                var (status, problem) = await _peers.CallAsync(call, cancellationToken);
                _metrics.Called(call.App, status, _clock.GetElapsedTime(began));
                if (problem.Length > 0)
                {
                    return (status == 0 ? 504 : 502, $"{call.Method} {call.Path} of {call.App} failed: {problem}");
                }
            }

            return (route.Success, "");
        }
        finally
        {
            _workers.Leave(worker);
        }
    }

    private (bool Fails, TimeSpan Delay) Draw(ServiceRoute route)
    {
        lock (_random)
        {
            return (route.IsMain && _random.NextDouble() < _behaviour.FailureShare, _behaviour.Latency.Draw(_random));
        }
    }

    private void LogOutcome(string method, string path, int status, TimeSpan took, string problem)
    {
        if (status >= 500)
        {
            _log.Add(_machine, "error", $"{method} {path} {status} {took.TotalMilliseconds:F0}ms {problem}");
        }

        for (var line = 0; line < _behaviour.Chatter; line++)
        {
            _log.Add(_machine, "warn", $"cache miss for feature vector {took.Ticks & 0xffff:x4}/{line}, reading through");
        }
    }

    private async Task ExposeAsync(HttpContext context)
    {
        context.Response.ContentType = MetricRegistry.ContentType;
        await context.Response.WriteAsync(_metrics.Expose(), context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypeNames.Application.Json;
        await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body), context.RequestAborted);
    }
}
