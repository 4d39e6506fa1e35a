namespace SreAgent.Runtime.Readiness.Trees;

/// <summary>Places left out for one reason: the first of them by name, the rest by number.</summary>
internal sealed class SkippedPlaces(string reason)
{
    private const int MostNamed = 20;

    private readonly List<string> _named = [];
    private int _count;

    public IEnumerable<string> Lines =>
        _named.Order(StringComparer.Ordinal).Select(path => $"{path}: {reason}")
            .Concat(_count > _named.Count ? [$"{_count - _named.Count:N0} more: {reason}"] : []);

    public void Add(string path)
    {
        _count++;
        if (_named.Count < MostNamed)
        {
            _named.Add(path);
        }
    }
}
