namespace SreAgent.Testing.Specs;

/// <summary>A path of a description, such as <c>/repos/{owner}/{repo}/contents/{path}</c>.</summary>
internal sealed class PathTemplate(string text)
{
    /// <summary>
    /// Parameters whose values hold slashes on the wire. OpenAPI has no way to say so; vendors name them in prose.
    /// </summary>
    private static readonly string[] Spanning = ["{path}", "{ref}", "{basehead}", "{datasource_proxy_route}"];

    private readonly string[] _segments = text.Split('/');

    public int Literals => _segments.Count(segment => !segment.Contains('{', StringComparison.Ordinal));

    /// <summary>Its last parameter may take several segments or nothing, so a template without one is the better match.</summary>
    public bool SpansSegments => Spanning.Contains(_segments[^1], StringComparer.Ordinal);

    public bool Matches(string path)
    {
        var given = path.Split('/');
        return (given.Length == _segments.Length || (SpansSegments && given.Length > _segments.Length))
            && _segments.Select((segment, i) => Matches(segment, given[i]) || (SpansSegments && i == _segments.Length - 1)).All(fits => fits);
    }

    public override string ToString() => text;

    /// <summary>Literal; a parameter, or one with literal text about it (<c>{id}.json</c>).</summary>
    private static bool Matches(string segment, string given)
    {
        var open = segment.IndexOf('{', StringComparison.Ordinal);
        var close = segment.LastIndexOf('}');
        return open < 0
            ? string.Equals(segment, Uri.UnescapeDataString(given), StringComparison.Ordinal)
            : given.Length > open + (segment.Length - close - 1)
                && given.StartsWith(segment[..open], StringComparison.Ordinal) && given.EndsWith(segment[(close + 1)..], StringComparison.Ordinal);
    }
}
