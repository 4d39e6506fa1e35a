namespace SreAgent.Lab.Grafana;

/// <summary>What the Grafana simulator begins with.</summary>
/// <param name="Prometheus">The real one behind its data source.</param>
public sealed record GrafanaSeed(Uri Prometheus)
{
    /// <summary>The data source's uid.</summary>
    public string DataSource { get; init; } = "prometheus";

    /// <summary>Service-account tokens and what they may do.</summary>
    public IReadOnlyList<GrafanaTokenSeed> Tokens { get; init; } = [];

    public IReadOnlyList<GrafanaDashboardSeed> Dashboards { get; init; } = [];

    public IReadOnlyList<GrafanaAlertRuleSeed> AlertRules { get; init; } = [];

    public string Version { get; init; } = "12.1.0";
}

/// <param name="Login">As annotations show who wrote them: <c>sa-sre-agent</c>.</param>
/// <param name="MayWrite">Editor; otherwise viewer.</param>
public sealed record GrafanaTokenSeed(string Token, string Login, bool MayWrite = true);

/// <param name="Uid">Part of its address.</param>
public sealed record GrafanaDashboardSeed(string Uid, string Title, params GrafanaPanelSeed[] Panels)
{
    /// <summary>Title of the folder it lies in. Absent: none.</summary>
    public string? Folder { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Variables, each with its value: panels may say <c>$service</c>.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <param name="Expression">PromQL; may use the dashboard's variables and <c>$__rate_interval</c>.</param>
/// <param name="Unit">As Grafana names it: <c>reqps</c>, <c>percentunit</c>, <c>s</c>.</param>
public sealed record GrafanaPanelSeed(int Id, string Title, string Expression, string Unit = "short");

/// <summary>A rule Grafana itself evaluates: it fires for every series its expression yields at that moment.</summary>
/// <param name="Expression">PromQL with a condition in it: <c>rate(errors[1m]) > 1</c>.</param>
public sealed record GrafanaAlertRuleSeed(string Uid, string Title, string Folder, string Group, string Expression)
{
    public TimeSpan For { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>What happens when somebody asks for a picture of a panel.</summary>
public enum GrafanaRenderer
{
    /// <summary>A picture of the panel's series.</summary>
    Draws = 0,

    /// <summary>The plugin is not installed: 200, and a picture that says so, of a size of its own.</summary>
    Missing,

    /// <summary>500 and an error.</summary>
    Fails,
}
