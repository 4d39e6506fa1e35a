using System.Collections.Frozen;
using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>
/// The one door through Grafana's data-source proxy, which would otherwise pass on anything, changes included, with Grafana's own
/// credentials: GET on plain paths that are not administration, and POST on the few paths where it only carries a long question.
/// </summary>
internal sealed partial record ProxyPath
{
    /// <summary>Prometheus' questions that may be asked as a form.</summary>
    private static readonly FrozenSet<string> ReadByPost = FrozenSet.ToFrozenSet(
        ["api/v1/query", "api/v1/query_range", "api/v1/query_exemplars", "api/v1/series", "api/v1/labels", "api/v1/format_query"], StringComparer.Ordinal);

    private ProxyPath(HttpMethod method, string relative) => (Method, Relative) = (method, relative);

    public HttpMethod Method { get; }

    /// <summary>Below Grafana's own address, without query.</summary>
    public string Relative { get; }

    /// <param name="method">GET or POST.</param>
    /// <param name="dataSource">Which data source.</param>
    /// <param name="native">The path as the data source itself has it, without a leading slash and without query: <c>api/v1/query_range</c>.</param>
    /// <exception cref="ToolException">It is not let through.</exception>
    public static ProxyPath For(HttpMethod method, GrafanaUid dataSource, string native)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(native);

        // Plain characters only: what is never escaped cannot be unescaped into something else by anybody on the way.
        var plain = PlainSegments().IsMatch(native) && !native.Split('/').Any(IsSpecial);
        return plain && (method == HttpMethod.Get || (method == HttpMethod.Post && ReadByPost.Contains(native)))
            ? new ProxyPath(method, $"api/datasources/proxy/uid/{dataSource}/{native}")
            : throw new ToolException($"{method} {native} is not let through Grafana's data-source proxy: only GET, and POST on {string.Join(", ", ReadByPost.Order(StringComparer.Ordinal))}.");
    }

    /// <summary>Dot segments climb, and these two are where servers keep what stops, reloads or deletes.</summary>
    private static bool IsSpecial(string segment) => segment is "." or ".." or "-" || segment.Equals("admin", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\A[A-Za-z0-9_.~-]+(/[A-Za-z0-9_.~-]+)*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex PlainSegments();
}
