using SreAgent.Lab.Fleet.Metrics;

namespace SreAgent.Lab.Fleet;

/// <summary>The metrics of one service process, by the names and labels the field uses.</summary>
internal sealed class ServiceMetrics
{
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly MetricRegistry _registry = new();
    private readonly string _service;
    private readonly string _version;
    private readonly Counter _requests;
    private readonly Histogram _durations;
    private readonly Gauge _inFlight;
    private readonly Counter _calls;
    private readonly Histogram _callDurations;
    private readonly Gauge _busy;
    private readonly Gauge _queued;

    public ServiceMetrics(string service, LabImage image, string commit, int workers, DateTimeOffset startedAt)
    {
        (_service, _version) = (service, image.Tag);
        _requests = _registry.Counter("http_requests_total", "Requests answered.", "service", "route", "method", "code", "version");
        _durations = _registry.Histogram("http_request_duration_seconds", "Time from request to answer.", Seconds, "service", "route", "method", "version");
        _inFlight = _registry.Gauge("http_requests_in_flight", "Requests being worked on or queued.", "service");
        _calls = _registry.Counter("http_client_requests_total", "Calls to other services; code is 0 when none came back.", "service", "peer", "code");
        _callDurations = _registry.Histogram("http_client_request_duration_seconds", "Time calls to other services took.", Seconds, "service", "peer");
        _busy = _registry.Gauge("worker_pool_busy", "Workers at work.", "service");
        _queued = _registry.Gauge("worker_pool_queue_depth", "Requests that wait for a worker.", "service");
        _registry.Gauge("worker_pool_size", "Workers there are.", "service").Set(workers, service);
        _registry.Gauge("app_build_info", "What runs; the value is always 1.", "service", "version", "image", "commit")
            .Set(1, service, image.Tag, $"{image}@{image.Digest}", commit);
        _registry.Gauge("process_start_time_seconds", "When the process started, since the epoch.").Set(startedAt.ToUnixTimeMilliseconds() / 1000.0);
        AppearAtZero(service);
    }

    public string Expose() => _registry.Expose();

    public void Began() => _inFlight.Move(1, _service);

    public void Ended(string route, string method, int status, TimeSpan took)
    {
        _inFlight.Move(-1, _service);
        _requests.Add(_service, route, method, status.ToString(), _version);
        _durations.Observe(took.TotalSeconds, _service, route, method, _version);
    }

    /// <param name="peer">The application called.</param>
    /// <param name="status">0 when no answer came.</param>
    /// <param name="took">Until the answer or the giving up.</param>
    public void Called(string peer, int status, TimeSpan took)
    {
        _calls.Add(_service, peer, status.ToString());
        _callDurations.Observe(took.TotalSeconds, _service, peer);
    }

    public void WorkersMoved(int by) => _busy.Move(by, _service);

    public void QueueMoved(int by) => _queued.Move(by, _service);

    /// <summary>A series that begins with its first failure hides that failure from every rate.</summary>
    private void AppearAtZero(string service)
    {
        _inFlight.Set(0, service);
        _busy.Set(0, service);
        _queued.Set(0, service);
        foreach (var route in SampleServices.RoutesOf(service))
        {
            _durations.Touch(service, route.Template, route.Method, _version);
            foreach (var code in new[] { route.Success, 500, 502, 503, 504 })
            {
                _requests.Touch(service, route.Template, route.Method, code.ToString(), _version);
            }
        }
    }
}
