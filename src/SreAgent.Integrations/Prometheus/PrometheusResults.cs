using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Prometheus;

/// <summary>What prometheus_query answers with.</summary>
/// <param name="At">The moment the expression was evaluated at.</param>
/// <param name="Series">How many series there are; <paramref name="Result"/> holds the first of the order.</param>
/// <param name="DistinctLabelValues">How many values each label takes over all series, when not all are shown.</param>
internal sealed record InstantResult(DateTimeOffset At, int Series, string Order, IReadOnlyList<InstantValue> Result)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? DistinctLabelValues { get; init; }
}

internal sealed record InstantValue(IReadOnlyDictionary<string, string> Labels)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reading? Value { get; init; }

    /// <summary>A string expression's text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HistogramSummary? Histogram { get; init; }
}

/// <summary>What prometheus_query_range answers with.</summary>
/// <param name="Step">Between two points.</param>
/// <param name="Points">Per series, if none is missing.</param>
internal sealed record RangeResult(string Step, int Points, int Series, long Samples, string Order, IReadOnlyList<SeriesSummary> Result)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? DistinctLabelValues { get; init; }
}

/// <summary>One series in a few numbers; over its finite samples.</summary>
internal sealed record SeriesSummary(IReadOnlyDictionary<string, string> Labels)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reading? First { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reading? Last { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reading? Min { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reading? Median { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Reading? Max { get; init; }

    /// <summary>Lowest to highest over the window; a space where there was nothing.</summary>
    public string Sparkline { get; init; } = "";

    public int Points { get; init; }

    /// <summary>Points of the window without a sample.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Missing { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NaNs { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Infinities { get; init; }

    /// <summary>Given when the series begins after the window does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>Given when the series ends before the window does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HistogramSummary? Histogram { get; init; }
}

/// <summary>The last sample of a native histogram, without its buckets.</summary>
internal sealed record HistogramSummary(int Samples, Reading Count, Reading Sum);
