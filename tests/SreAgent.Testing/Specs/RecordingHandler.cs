namespace SreAgent.Testing.Specs;

/// <summary>
/// Sits between a client and a server, simulated or real, and holds every exchange against the vendor's description. A test ends with
/// <see cref="AssertFaithful"/>.
/// </summary>
public sealed class RecordingHandler(ApiDescription description, params KnownDeviation[] deviations) : DelegatingHandler
{
    private readonly Lock _gate = new();
    private readonly List<ApiExchange> _exchanges = [];
    private readonly List<string> _problems = [];
    private readonly HashSet<KnownDeviation> _used = [];

    /// <summary>Oldest first; a copy.</summary>
    public IReadOnlyList<ApiExchange> Exchanges
    {
        get
        {
            lock (_gate)
            {
                return [.. _exchanges];
            }
        }
    }

    /// <summary>A sentence for each departure from the description that nothing excuses.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_gate)
            {
                return [.. _problems];
            }
        }
    }

    /// <summary>Deviations that excused nothing: either no test goes there, or they are not needed any more.</summary>
    public IReadOnlyList<KnownDeviation> UnusedDeviations
    {
        get
        {
            lock (_gate)
            {
                return [.. deviations.Where(deviation => !_used.Contains(deviation))];
            }
        }
    }

    /// <summary>Fails the test with every problem found, and when nothing was exchanged at all.</summary>
    public void AssertFaithful()
    {
        Assert.NotEmpty(Exchanges);
        Assert.True(Problems.Count == 0, $"Departures from the vendor's description:\n  {string.Join("\n  ", Problems.Distinct(StringComparer.Ordinal))}");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);

        // A body may be readable only once, and sending is that once.
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        Add(await ApiExchange.OfAsync(request, response, cancellationToken));
        return response;
    }

    private void Add(ApiExchange exchange)
    {
        var problems = description.Check(exchange);
        lock (_gate)
        {
            _exchanges.Add(exchange);
            foreach (var problem in problems)
            {
                if (deviations.FirstOrDefault(deviation => deviation.Excuses(problem)) is { } excuse)
                {
                    _used.Add(excuse);
                }
                else
                {
                    _problems.Add(problem);
                }
            }
        }
    }
}
