namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// Keeps the few series that will be shown and counts all of them: what is left out is left out by a stated order, and how much it was
/// is known.
/// </summary>
internal sealed class SeriesCollector(SeriesOrder order, int keep) : ISampleSink
{
    /// <summary>Distinct values of one label are counted up to here.</summary>
    public const int CountedValues = 10_000;

    private readonly PriorityQueue<CollectedSeries, double> _best = new();
    private readonly Dictionary<string, HashSet<string>> _values = new(StringComparer.Ordinal);
    private CollectedSeries _current = new();

    public int Total { get; private set; }

    public long Samples { get; private set; }

    public int WithHistograms { get; private set; }

    /// <summary>How many different values each label has over all series.</summary>
    public IReadOnlyDictionary<string, int> Cardinality =>
        _values.OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Value.Count, StringComparer.Ordinal);

    public void BeginSeries()
    {
    }

    public void Label(string name, string value) => _current.Labels[name] = value;

    public void Sample(long milliseconds, double value) => _current.Add(milliseconds, value);

    public void Histogram(long milliseconds, double count, double sum) => _current.AddHistogram(milliseconds, count, sum);

    public void EndSeries()
    {
        Total++;
        Samples += _current.Points + _current.Histograms;
        WithHistograms += _current.Histograms > 0 ? 1 : 0;
        Count(_current.Labels);
        var rank = _current.Rank(order);
        if (_best.Count < keep)
        {
            _best.Enqueue(_current, rank);
            _current = new CollectedSeries();
            return;
        }

        _current = _best.EnqueueDequeue(_current, rank);
        _current.Clear();
    }

    /// <summary>The kept series, first of the order first.</summary>
    public IReadOnlyList<CollectedSeries> Best() =>
    [
        .. _best.UnorderedItems.OrderByDescending(item => item.Priority)
            .ThenBy(item => string.Join(',', item.Element.Labels.Values), StringComparer.Ordinal)
            .Select(item => item.Element),
    ];

    private void Count(Dictionary<string, string> labels)
    {
        foreach (var (name, value) in labels)
        {
            if (!_values.TryGetValue(name, out var values))
            {
                _values[name] = values = new HashSet<string>(StringComparer.Ordinal);
            }

            if (values.Count < CountedValues)
            {
                values.Add(value);
            }
        }
    }
}
