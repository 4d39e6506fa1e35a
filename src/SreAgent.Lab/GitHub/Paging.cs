namespace SreAgent.Lab.GitHub;

/// <summary>Pages of a list: <c>per_page</c> up to 100, <c>page</c> from 1, and the neighbours in <c>Link</c>.</summary>
internal static class Paging
{
    private const int Default = 30;
    private const int Largest = 100;

    /// <summary>One page, in the shape a list has of its own.</summary>
    public static GitHubAnswer Page<T>(this GitHubCall call, IReadOnlyCollection<T> all, Func<IReadOnlyList<object>, object> wrap, Func<T, object> shape)
    {
        var size = Math.Clamp(Number(call, "per_page") ?? Default, 1, Largest);
        var page = Math.Max(Number(call, "page") ?? 1, 1);
        var last = Math.Max((all.Count + size - 1) / size, 1);
        return GitHubAnswer.Ok(wrap([.. all.Skip((page - 1) * size).Take(size).Select(shape)])) with { Link = Links(call, page, last) };
    }

    /// <summary>One page of a plain list.</summary>
    public static GitHubAnswer Page<T>(this GitHubCall call, IReadOnlyCollection<T> all, Func<T, object> shape) => call.Page(all, items => items, shape);

    private static string? Links(GitHubCall call, int page, int last)
    {
        var links = new List<string>();
        Add("prev", page - 1, page > 1);
        Add("next", page + 1, page < last);
        Add("last", last, page < last);
        Add("first", 1, page > 1);
        return links.Count > 0 ? string.Join(", ", links) : null;

        void Add(string relation, int to, bool exists)
        {
            if (exists)
            {
                links.Add($"<{Address(call, to)}>; rel=\"{relation}\"");
            }
        }
    }

    /// <summary>GitHub names the repository by number in these, so a client that builds them by hand is wrong.</summary>
    private static string Address(GitHubCall call, int page)
    {
        var path = call.Path.StartsWithSegments("/repos") ? call.NumberedPath(call.Repository) : call.Path.ToString();
        var query = call.QueryValues.Where(pair => pair.Key is not "page")
            .SelectMany(pair => pair.Value.Select(value => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(value ?? "")}"))
            .Append($"page={page}");
        return $"{call.Root}{path}?{string.Join('&', query)}";
    }

    private static int? Number(GitHubCall call, string name) => int.TryParse(call.Query(name), out var number) ? number : null;
}
