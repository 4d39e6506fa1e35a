using System.Collections.Concurrent;

namespace SreAgent.Testing.Specs;

/// <summary>Notes every exchange and lets it pass: for systems whose vendor describes them in prose only.</summary>
public sealed class ExchangeTap : DelegatingHandler
{
    private readonly ConcurrentQueue<ApiExchange> _exchanges = new();

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<ApiExchange> Exchanges => [.. _exchanges];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        var response = await base.SendAsync(request, cancellationToken);
        await response.Content.LoadIntoBufferAsync(cancellationToken);
        _exchanges.Enqueue(await ApiExchange.OfAsync(request, response, cancellationToken));
        return response;
    }
}
