using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SreAgent.Benchmarks;

/// <summary>Every request a composed host sends, as it is on the wire: behind retries and pacing, its answer's body included.</summary>
internal sealed class CallLog
{
    private readonly ConcurrentQueue<Call> _calls = new();

    /// <summary>Added to every request before it is sent, as a network far away would.</summary>
    public TimeSpan Latency { get; init; }

    public void Clear() => _calls.Clear();

    /// <summary>What was sent since it was cleared, in the order it was begun.</summary>
    public CallTimes Times() => new([.. _calls.OrderBy(call => call.Begun)]);

    public DelegatingHandler Handler() => new TimedHandler(this);

    private sealed class TimedHandler(CallLog log) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            // Questions that travel as POST differ in their bodies only.
            var question = request.Content is { } content ? await content.ReadAsStringAsync(cancellationToken) : "";
            var begun = Stopwatch.GetTimestamp();
            try
            {
                if (log.Latency > TimeSpan.Zero)
                {
                    await Task.Delay(log.Latency, cancellationToken);
                }

                var response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            }
            finally
            {
                log._calls.Enqueue(new Call($"{request.Method} {request.RequestUri?.PathAndQuery}", question, begun, Stopwatch.GetTimestamp()));
            }
        }
    }
}

/// <param name="What">Method, path and query.</param>
/// <param name="Question">The body that went with it; empty when none did.</param>
/// <param name="Begun">A stopwatch's time stamp.</param>
/// <param name="Ended">Likewise.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Call(string What, string Question, long Begun, long Ended)
{
    public double Milliseconds => Stopwatch.GetElapsedTime(Begun, Ended).TotalMilliseconds;
}

/// <summary>What a number of calls come to.</summary>
/// <param name="calls">In the order they were begun.</param>
internal sealed class CallTimes(IReadOnlyList<Call> calls)
{
    public int Count => calls.Count;

    /// <summary>Questions that had been put before.</summary>
    public int Repeated => calls.Count - calls.Select(call => (call.What, call.Question)).Distinct().Count();

    /// <summary>What they would take one after another, in ms.</summary>
    public double Sum => calls.Sum(call => call.Milliseconds);

    /// <summary>The calls, of those in which each began after the one before had ended, that took longest: nothing that asks them in this order is faster.</summary>
    public IReadOnlyList<Call> LongestChain()
    {
        var best = new (double Milliseconds, int Before)[calls.Count];
        for (var i = 0; i < calls.Count; i++)
        {
            var before = Enumerable.Range(0, i).Where(j => calls[j].Ended <= calls[i].Begun).DefaultIfEmpty(-1).MaxBy(j => j < 0 ? 0 : best[j].Milliseconds);
            best[i] = ((before < 0 ? 0 : best[before].Milliseconds) + calls[i].Milliseconds, before);
        }

        var chain = new List<Call>();
        for (var at = Enumerable.Range(0, calls.Count).DefaultIfEmpty(-1).MaxBy(i => i < 0 ? 0 : best[i].Milliseconds); at >= 0; at = best[at].Before)
        {
            chain.Insert(0, calls[at]);
        }

        return chain;
    }
}
