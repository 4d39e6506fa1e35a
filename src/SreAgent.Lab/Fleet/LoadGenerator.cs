using System.Collections.Concurrent;

namespace SreAgent.Lab.Fleet;

/// <summary>People at the front door: a steady stream of requests for each application, a little uneven as people are.</summary>
public sealed class LoadGenerator : IAsyncDisposable
{
    private const int MostInFlight = 512;

    /// <summary>What people ask for; one entry in as many requests as it is listed.</summary>
    private static readonly Dictionary<string, (string Method, string Path)[]> Mix = new(StringComparer.Ordinal)
    {
        [SampleServices.Checkout] = [("POST", "/checkout"), ("POST", "/checkout"), ("GET", "/cart/{0}")],
        [SampleServices.Recommendations] = [("GET", "/recommendations/{0}")],
    };

    private readonly Uri _door;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<string, double> _rates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> _inFlight = new();
    private readonly Task[] _streams;

    private LoadGenerator(Uri door, int seed, TimeProvider clock)
    {
        (_door, _clock) = (door, clock);
        _streams = [.. Mix.Keys.Select((app, stream) => StreamAsync(app, new Random(seed + stream)))];
    }

    /// <param name="door">The front door.</param>
    /// <param name="seed">Of the unevenness.</param>
    /// <param name="clock">The time.</param>
    public static LoadGenerator Start(FrontDoor door, int seed, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(door);
        return new LoadGenerator(door.Address, seed, clock);
    }

    /// <summary>From now on. Nothing happens for an application people do not call by themselves.</summary>
    /// <param name="app">The application asked.</param>
    /// <param name="requestsPerSecond">0 for none; at most 500.</param>
    public void SetRate(string app, double requestsPerSecond) => _rates[app] = Math.Clamp(requestsPerSecond, 0, 500);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll([.. _streams, .. _inFlight.Keys]);
        _http.Dispose();
        _end.Dispose();
    }

    private async Task StreamAsync(string app, Random random)
    {
        try
        {
            while (true)
            {
                var rate = _rates.GetValueOrDefault(app);
                var pause = rate > 0 ? TimeSpan.FromSeconds((0.5 + random.NextDouble()) / rate) : TimeSpan.FromMilliseconds(100);
                await Task.Delay(pause, _clock, _end.Token);
                if (rate > 0 && _inFlight.Count < MostInFlight)
                {
                    var (method, path) = Mix[app][random.Next(Mix[app].Length)];
                    Track(SendAsync(method, app + string.Format(path, random.Next(1, 1_000))));
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The practice world ends.
        }
    }

    private void Track(Task request)
    {
        _inFlight[request] = 0;
        _ = request.ContinueWith(done => _inFlight.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task SendAsync(string method, string path)
    {
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_door, path));
            using var response = await _http.SendAsync(request, _end.Token);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // People who get no answer go away; the services have counted it.
        }
    }
}
