using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Kubernetes;

/// <summary>What every object of a cluster has.</summary>
/// <param name="Group">Of the API version, without the version: <c>apps</c>, empty for the core group.</param>
internal sealed record Manifest(YamlNode Root, string Group, string Kind, string Name)
{
    private static readonly string[] Kinds = ["deployment", "statefulset", "daemonset", "hpa", "pdb", "poddisruptionbudget", "servicemonitor", "service", "rollout", "cronjob", "all"];

    /// <returns>Null when the document is none.</returns>
    public static Manifest? From(YamlNode document, string path) =>
        document.Text("kind") is { } kind && document.Text("apiVersion") is { } version
            ? new Manifest(document, version.Split('/') is [var group, _, ..] ? group : "", kind, Named(document.Text("metadata", "name"), path))
            : null;

    // What a chart's template calls after its installation is called after its file here.
    private static string Named(string? name, string path)
    {
        var own = name?.Replace(YamlScalar.Templated, "", StringComparison.Ordinal).Trim('-', '.', '_') ?? "";
        if (own.Length > 0)
        {
            return own;
        }

        var file = Path.GetFileNameWithoutExtension(path);
        return name is not null && Kinds.Contains(file, StringComparer.OrdinalIgnoreCase) && path.Split('/') is [.., var chart, "templates", _] ? chart : file;
    }

    /// <summary>The objects themselves: a list holds some.</summary>
    public static IEnumerable<Manifest> AllIn(YamlNode document, string path) =>
        From(document, path) is not { } manifest ? []
        : manifest.Kind == "List" || (manifest.Kind == "Template" && document.At("objects") is not null)
            ? document.Items(manifest.Kind == "List" ? "items" : "objects").Select(item => From(item, path)).OfType<Manifest>()
            : [manifest];
}
