using System.Net;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;

namespace SreAgent.Integrations.Http;

/// <summary>
/// Asks again, at most twice, when a read met a passing trouble: no connection, 429, 502, 503, 504. A change is never sent twice,
/// since nobody can tell whether the first one arrived.
/// </summary>
internal sealed class RetryHandler : DelegatingHandler
{
    /// <summary>A caller waits this long for a Retry-After and no longer; a longer one is told to whoever asked.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private static readonly HttpRequestOptionsKey<bool> IsRead = new("SreAgent.Read");

    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(TimeProvider clock)
    {
        _clock = clock;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = 2,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Result is { } response ? AskedToWait(response) ?? AfterTooMany(response) : null),
                OnRetry = arguments =>
                {
                    arguments.Outcome.Result?.Dispose();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Marks a request as a question that may be asked again.</summary>
    public static void MarkAsRead(HttpRequestMessage request) => request.Options.Set(IsRead, value: true);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Options.TryGetValue(IsRead, out var read) && read
            ? await _pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken)
            : await base.SendAsync(request, cancellationToken);

    private bool MayPass(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError }
        || (outcome.Result is { } response && IsPassing(response) && (AskedToWait(response) ?? TimeSpan.Zero) <= LongestWait);

    /// <summary>
    /// A 503 in JSON is the system's own word (Prometheus: the query ran into its timeout); asking again would only double the load.
    /// A 503 of a proxy or of a starting server is text.
    /// </summary>
    private static bool IsPassing(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => true,
        HttpStatusCode.ServiceUnavailable => response.Content.Headers.ContentType?.MediaType != "application/json",
        _ => false,
    };

    /// <summary>Whoever says "too many" without saying how long counts by the second as a rule.</summary>
    private static TimeSpan? AfterTooMany(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.TooManyRequests ? TimeSpan.FromMilliseconds(1000 + RandomNumberGenerator.GetInt32(500)) : null;

    private TimeSpan? AskedToWait(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _clock.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero,
            _ => null,
        };
}
