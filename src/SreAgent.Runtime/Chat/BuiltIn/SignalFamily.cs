using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Three of the golden signals, asked by a service's name.</summary>
internal sealed partial class SignalFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("error rate of checkout in the last hour", "errors over requests, with the query and its shape"),
        new("latency of checkout over the last 30m", "median, 95th and 99th percentile"),
        new("traffic of checkout", "requests per second"),
    ];

    public Request? Recognise(string text)
    {
        var (rest, window) = SpokenWindow.TakeFrom(text);
        if (Asked().Match(rest) is not { Success: true } match)
        {
            return null;
        }

        var service = match.Groups["service"].Value;
        return match.Groups["signal"].Value.ToLowerInvariant() switch
        {
            "latency" or "latencies" or "response time" or "response times" or "duration" => new SignalRequest(Signal.Latency, service, window),
            "traffic" or "request rate" or "throughput" or "rps" or "load" => new SignalRequest(Signal.Traffic, service, window),
            _ => new SignalRequest(Signal.Errors, service, window),
        };
    }

    [GeneratedRegex(@"^(what('s| is| was)?|how (is|was|high is)|show( me)?|give me)?\s*(the )?(?<signal>error rates?|errors?|error ratio|latency|latencies|response times?|duration|traffic|request rate|throughput|rps|load)\s+(of|for|on|in)\s+(the )?(service )?(?<service>[A-Za-z0-9][A-Za-z0-9_./-]*?)( now| right now)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal enum Signal
{
    Errors = 0,
    Latency,
    Traffic,
}

/// <summary>
/// Looks up which metrics a service has, chooses one by its name and labels, asks for it, and says what it chose. What it cannot choose
/// it does not guess.
/// </summary>
internal sealed record SignalRequest(Signal Signal, string Service, SpokenWindow Window) : Request
{
    private static readonly string[] ServiceLabels = ["job", "service", "app", "service_name"];
    private static readonly string[] Parts = ["_total", "_count", "_bucket"];

    private string Asked => Signal switch { Signal.Latency => "the latency", Signal.Traffic => "the traffic", _ => "the error rate" };

    public override Reply Next(Exchange exchange)
    {
        if ((exchange.Missing("prometheus_list_labels") ?? exchange.Missing("prometheus_query_range")) is { } missing)
        {
            return missing;
        }

        var selectors = Selectors(exchange);
        if (exchange.Rounds.Count == 0)
        {
            return new Reply.Call([.. selectors.Select(selector => PlannedCall.Of(
                "prometheus_list_labels", ("label", "__name__"), ("selector", $"{{{selector},__name__=~\".+({string.Join('|', Parts)})\"}}"), ("from", Window.From), ("limit", 500)))]);
        }

        var first = exchange.Rounds[0];
        var found = first.Select((step, i) => (Selector: selectors[Math.Min(i, selectors.Length - 1)], Names: Items(step))).FirstOrDefault(pair => pair.Names.Length > 0);
        if (found.Names is null)
        {
            return NotKnown(exchange, selectors);
        }

        return Signal switch
        {
            Signal.Latency => Latency(exchange, found.Selector, found.Names),
            Signal.Traffic => Traffic(exchange, found.Selector, found.Names),
            _ => Errors(exchange, found.Selector, found.Names),
        };
    }

    private string[] Selectors(Exchange exchange) =>
        exchange.Services.Find(Service)?.MetricSelector is { Length: > 0 } configured
            ? [configured.Trim().TrimStart('{').TrimEnd('}')]
            : [.. ServiceLabels.Select(label => $"{label}=\"{Service}\"")];

    private Reply Errors(Exchange exchange, string selector, string[] names)
    {
        var counters = SignalMetrics.RequestCounters(names);
        if (exchange.Rounds.Count == 1 && counters.Length > 0)
        {
            return new Reply.Call([.. counters.Take(3).Select(counter => PlannedCall.Of("prometheus_list_labels", ("selector", $"{counter}{{{selector}}}"), ("from", Window.From)))]);
        }

        var ratio = RatioFrom(exchange, selector, names, counters);
        if (ratio is null)
        {
            return new Reply.Say(
                $"I cannot tell {Asked} of {Service}: its metrics ({string.Join(", ", names.Take(8).Select(name => $"`{name}`"))}{(names.Length > 8 ? ", …" : "")}) include no request counter "
                + $"with a status label ({string.Join(", ", SignalMetrics.StatusLabels.Take(5).Select(label => $"`{label}`"))}, …) and no pair of an error and a request counter. "
                + "Ask for it directly: `query EXPRESSION over the last 1h`.");
        }

        var overall = $"({ratio.Errors("increase", Window.From[4..])} or vector(0)) / {ratio.Requests("increase", Window.From[4..])}";
        var curve = $"({ratio.Errors("rate", Window.RateInterval)} or vector(0)) / {ratio.Requests("rate", Window.RateInterval)}";
        return Ask(exchange, counters.Length > 0 ? 2 : 1, curve, [overall, ratio.Requests("increase", Window.From[4..])], (range, instants) =>
            $"**{Service}**: {Wording.Percent(instants[0])} of requests failed over {Window.Words}, of {Wording.Number(instants[1])} requests ({ratio.Meaning})."
            + Wording.Series(range, Wording.Percent));
    }

    private Reply Latency(Exchange exchange, string selector, string[] names)
    {
        if (SignalMetrics.DurationHistogram(names) is not { } histogram)
        {
            return new Reply.Say(
                $"I cannot tell {Asked} of {Service}: among its metrics there is no histogram of durations (`…_seconds_bucket` or `…_milliseconds_bucket`). "
                + "A native histogram or a summary is best asked for directly: `query EXPRESSION over the last 1h`.");
        }

        var scale = histogram.Contains("millisecond", StringComparison.Ordinal) || histogram.Contains("_ms_", StringComparison.Ordinal) ? 0.001 : 1;
        string Quantile(string q, string over) => $"histogram_quantile({q}, sum by (le) (rate({histogram}{{{selector}}}[{over}])))";
        var whole = Window.From[4..];
        return Ask(exchange, 1, Quantile("0.95", Window.RateInterval), [Quantile("0.5", whole), Quantile("0.95", whole), Quantile("0.99", whole)], (range, instants) =>
            $"**{Service}** over {Window.Words}: median {Wording.Seconds(instants[0] * scale)}, 95th percentile {Wording.Seconds(instants[1] * scale)}, 99th {Wording.Seconds(instants[2] * scale)} (from the buckets of `{histogram}`)."
            + $"\n\n95th percentile over time:{Wording.Series(range, seconds => Wording.Seconds(seconds * scale))}");
    }

    private Reply Traffic(Exchange exchange, string selector, string[] names)
    {
        if (SignalMetrics.RequestCounters(names) is not [var counter, ..])
        {
            return new Reply.Say($"I cannot tell {Asked} of {Service}: none of its metrics counts requests. Ask for it directly: `query EXPRESSION over the last 1h`.");
        }

        return Ask(
            exchange, 1, $"sum(rate({counter}{{{selector}}}[{Window.RateInterval}]))", [$"sum(increase({counter}{{{selector}}}[{Window.From[4..]}]))"], (range, instants) =>
            $"**{Service}**: {Wording.Number(instants[0])} requests over {Window.Words} (from `{counter}`). Per second:{Wording.Series(range, Wording.Number)}");
    }

    private static ErrorRatio? RatioFrom(Exchange exchange, string selector, string[] names, string[] counters)
    {
        if (exchange.Rounds.Count > 1)
        {
            foreach (var (counter, step) in counters.Zip(exchange.Rounds[1]))
            {
                if (SignalMetrics.StatusLabels.FirstOrDefault(Items(step).Contains) is { } label)
                {
                    return ErrorRatio.ByLabel(counter, selector, label);
                }
            }
        }

        return SignalMetrics.ErrorCounter(names) is { } errors && counters is [var requests, ..] ? ErrorRatio.ByPair(errors, requests, selector) : null;
    }

    /// <summary>Asks for the curve and the figures of the whole window at once, then words them.</summary>
    private Reply Ask(Exchange exchange, int before, string curve, string[] figures, Func<ToolAnswer, double[], string> word)
    {
        if (exchange.Rounds.Count == before)
        {
            return new Reply.Call(
                [PlannedCall.Of("prometheus_query_range", ("query", curve), ("from", Window.From)), .. figures.Select(figure => PlannedCall.Of("prometheus_query", ("query", figure)))]);
        }

        if (!exchange.Last[0].Result.IsFound)
        {
            return new Reply.Say(Wording.Trouble(exchange.Last[0]));
        }

        var range = exchange.Last[0].Result;
        double[] values = [.. exchange.Last.Skip(1).Select(step =>
            ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "result")).Select(one => ToolAnswer.Number(one, "value")).FirstOrDefault(double.NaN))];
        var gaps = string.Concat(exchange.Last.Skip(1).Where(step => !step.Result.IsFound).Select(step => $"\n- {Wording.Trouble(step)}"));
        return new Reply.Say(word(range, values) + Wording.Evidence(range) + (gaps.Length > 0 ? $"\n\nGaps:{gaps}" : ""));
    }

    private Reply NotKnown(Exchange exchange, string[] selectors)
    {
        if (exchange.Rounds[0].All(step => step.Result.Status is "failed" or "denied"))
        {
            return new Reply.Say(Wording.Trouble(exchange.Rounds[0][0]));
        }

        var configured = exchange.Services.Find(Service)?.MetricSelector is not null;
        var known = exchange.Services.All.Select(service => service.Name).ToArray();
        return new Reply.Say(
            $"I found no counter or histogram of {Service} in {Window.Words}. I looked for {string.Join(", ", selectors.Select(selector => $"`{{{selector}}}`"))}. "
            + (configured ? $"Is `Services` right about the metric selector of {Service}? " : $"If its series carry other labels, give `Services:{Service}:MetricSelector`. ")
            + (known.Length > 0 ? $"The catalogue knows: {string.Join(", ", known)}. " : "")
            + "`values of job` lists the jobs there are.");
    }

    private static string[] Items(Step step) => [.. ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "items")).Select(item => item.ToString())];
}
