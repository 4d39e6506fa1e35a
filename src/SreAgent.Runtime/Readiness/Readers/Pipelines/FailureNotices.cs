using System.Text.RegularExpressions;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>Steps that run when a pipeline failed, and tell somebody: by chat, by mail, by an issue, by a pager.</summary>
internal static partial class FailureNotices
{
    /// <summary>Whether it is about the code: what a scheduled scan or fuzzing finds is for whoever writes it.</summary>
    public static bool IsForAuthors(string workflow) => OfCode().IsMatch(workflow);

    public static bool Tells(YamlNode step) =>
        step.Text("if") is { } condition && condition.Contains("failure()", StringComparison.Ordinal)
        && Told().IsMatch($"{step.Text("uses")} {step.Text("name")} {step.Text("run")} {step.Text("with", "script")}");

    [GeneratedRegex(@"\b(fuzz\w*|lint\w*|codeql|(close|mark)[- ]stale|stale[- ](issues?|prs?|pull requests?|bot)|dependency[- ](review|update|check|submission)s?|dependabot|renovate|(security|code|vulnerability|image|container|dependency|trivy|snyk|npm|pip)[- ](scan\w*|audit\w*)|(update|upgrade|bump)[- ](dependenc\w*|lock\w*|packages?)|nightly build)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OfCode();

    [GeneratedRegex(@"slack|mattermost|discord|telegram|msteams|teams-|rocket\.?chat|google-?chat|mail|pagerduty|opsgenie|incident|issues\.create|gh issue create|create-an-issue|\bnotif(y|ies|ication)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Told();
}
