namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// Takes the series of a query result one after the other while they arrive. Calls come in order: a begin, then labels and samples in
/// whatever order the server wrote them, then an end.
/// </summary>
internal interface ISampleSink
{
    void BeginSeries();

    void Label(string name, string value);

    /// <param name="milliseconds">Since 1970, UTC.</param>
    /// <param name="value">May be NaN or infinite.</param>
    void Sample(long milliseconds, double value);

    /// <summary>One sample of a native histogram; its buckets are not kept.</summary>
    void Histogram(long milliseconds, double count, double sum);

    void EndSeries();
}
