using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Objectives;

/// <summary>Service level objectives as files: OpenSLO and Nobl9, Sloth (file and object), Pyrra.</summary>
internal sealed class ObjectiveStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        var (version, kind) = (document.Text("apiVersion") ?? "", document.Text("kind"));
        if (kind == "SLO" && (version.StartsWith("openslo", StringComparison.Ordinal) || version.StartsWith("n9/", StringComparison.Ordinal)))
        {
            return OpenSlo(text, document);
        }

        if (kind == "ServiceLevelObjective" && version.StartsWith("pyrra.dev", StringComparison.Ordinal))
        {
            return Pyrra(text, document);
        }

        if (kind == "ServiceLevelObjective" && version.StartsWith("sre.google.com", StringComparison.Ordinal) || kind == "MonitoringServiceLevelObjective")
        {
            return Goal(text, document, document.Entry("spec", "goal"), "Google Cloud");
        }

        if (kind == "DatadogSLO")
        {
            return Goal(text, document, document.Entry("spec", "targetThreshold"), "Datadog");
        }

        if (document.Text("spec_version") is not null && document.Entry("total_score", "pass") is { } pass && document.At("objectives") is YamlList { Elements.Count: > 0 })
        {
            return Goal(text, document, pass, "Keptn");
        }

        var sloth = version.StartsWith("sloth.", StringComparison.Ordinal) ? document.At("spec") : document.Text("version") is { } file && file.StartsWith("prometheus/", StringComparison.Ordinal) ? document : null;
        return sloth is null ? [] : Sloth(text, sloth);
    }

    private static IEnumerable<Statement> OpenSlo(SourceText text, YamlNode document)
    {
        var window = document.Items("spec", "timeWindow") is [var first, ..]
            ? first.Text("duration") ?? (first.Text("count") is { } count ? $"{count} {first.Text("unit")}" : null)
            : document.Items("spec", "timeWindows") is [var older, ..] ? $"{older.Text("count")} {older.Text("unit")}" : null;
        foreach (var objective in document.Items("spec", "objectives"))
        {
            var entry = objective.Entry("target") ?? objective.Entry("targetPercent");
            if (entry?.Value is YamlScalar { Value: { Length: > 0 } target })
            {
                yield return Objective(text, entry, entry.Name == "target" ? Percent(target) : target, document.Text("spec", "service"), objective.Text("displayName") ?? document.Text("metadata", "displayName") ?? document.Text("metadata", "name"), window, "OpenSLO");
            }
        }
    }

    private static IEnumerable<Statement> Goal(SourceText text, YamlNode document, YamlEntry? goal, string format)
    {
        if (goal is { Value: YamlScalar { Value: { Length: > 0 } target } })
        {
            yield return Objective(text, goal, Percent(target), document.Text("metadata", "labels", "service_name"),
                document.Text("spec", "name") ?? document.Text("metadata", "name"), document.Text("spec", "timeframe") ?? document.Text("spec", "rollingPeriod"), format);
        }
    }

    private static IEnumerable<Statement> Sloth(SourceText text, YamlNode root)
    {
        foreach (var slo in root.Items("slos"))
        {
            if (slo.Entry("objective") is { Value: YamlScalar { Value: { Length: > 0 } target } } entry)
            {
                yield return Objective(text, entry, target, root.Text("service"), slo.Text("name"), null, "Sloth");
            }
        }
    }

    private static IEnumerable<Statement> Pyrra(SourceText text, YamlNode document)
    {
        if (document.Entry("spec", "target") is { Value: YamlScalar { Value: { Length: > 0 } target } } entry)
        {
            yield return Objective(text, entry, target, document.Text("metadata", "labels", "pyrra.dev/service"), document.Text("metadata", "name"), document.Text("spec", "window"), "Pyrra");
        }
    }

    private static Statement Objective(SourceText text, YamlEntry at, string target, string? service, string? name, string? window, string format) =>
        text.State(StatementKind.SloObjective, "objective", at.Line, at.EndLine,
            $"Objective of {service ?? "the service"}{(name is null ? "" : $", {name}")}: {target.TrimEnd('%')} %{(window is null ? "" : $" over {window}")}.",
            ("objective", target.TrimEnd('%')), ("service", service), ("name", name), ("window", window), ("format", format));

    // A ratio such as 0.999 as its readers say it.
    private static string Percent(string ratio) =>
        decimal.TryParse(ratio, System.Globalization.CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1 ? (value * 100m).ToString("0.#####", System.Globalization.CultureInfo.InvariantCulture) : ratio;
}
