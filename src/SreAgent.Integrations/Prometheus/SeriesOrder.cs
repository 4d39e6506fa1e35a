namespace SreAgent.Integrations.Prometheus;

/// <summary>Which series are shown when there are more than fit.</summary>
internal enum SeriesOrder
{
    /// <summary>Those that reach the highest value in the window.</summary>
    Highest = 0,

    /// <summary>Those that reach the lowest.</summary>
    Lowest,

    /// <summary>Those with the widest span between lowest and highest.</summary>
    MostChanged,
}
