using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class TargetFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("what is down", "targets that cannot be scraped, with the error"),
        new("targets", "everything that is scraped, counted by job"),
        new("rules", "alerting and recording rules, broken ones first"),
        new("broken rules", "only rules that fail to evaluate"),
    ];

    public Request? Recognise(string text) =>
        Down().IsMatch(text) ? new TargetsRequest(DownOnly: true)
        : Targets().IsMatch(text) ? new TargetsRequest(DownOnly: false)
        : Rules().Match(text) is { Success: true } rules ? new RulesRequest(rules.Groups["broken"].Success)
        : null;

    [GeneratedRegex(@"^((what|which targets?|who)( is|'s| are)|is anything|anything|any targets?|list|show)?\s*(down|down targets?)( now| right now)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Down();

    [GeneratedRegex(@"^(list |show |what are the )?(all )?(the )?(scrape )?targets\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Targets();

    [GeneratedRegex(@"^(list |show |which )?(all |the )?((?<broken>broken|unhealthy|failing) )?(alerting )?rules\s*(are (?<broken>broken|failing))?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Rules();
}

internal sealed record TargetsRequest(bool DownOnly) : Request
{
    public override Reply Next(Exchange exchange) =>
        exchange.Once(DownOnly ? PlannedCall.Of("prometheus_list_targets", ("down", true)) : PlannedCall.Of("prometheus_list_targets"), Word);

    private string Word(Step step)
    {
        var jobs = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "jobs")).Select(job => $"`{ToolAnswer.Text(job, "job")}`: {ToolAnswer.Text(job, "up")} up, {ToolAnswer.Text(job, "down")} down").ToArray();
        var down = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "targets"))
            .Where(target => ToolAnswer.Text(target, "health") != "up")
            .Select(target => $"{ToolAnswer.Text(target, "address")} is {ToolAnswer.Text(target, "health")}{(ToolAnswer.Text(target, "lastError") is { } error ? $": {error}" : "")}").ToArray();
        var heading = DownOnly ? $"{down.Length} targets are not up:" : $"{jobs.Length} jobs are scraped:{Wording.List(jobs, jobs.Length, 30)}{(down.Length > 0 ? "\n\nNot up:" : "\n\nAll of them are up.")}";
        return Wording.Cut(step.Result) ?? $"{heading}{Wording.List(down, down.Length, 20)}{Wording.Evidence(step.Result)}";
    }
}

internal sealed record RulesRequest(bool BrokenOnly) : Request
{
    public override Reply Next(Exchange exchange) =>
        exchange.Once(BrokenOnly ? PlannedCall.Of("prometheus_list_rules", ("unhealthy", true)) : PlannedCall.Of("prometheus_list_rules"), step =>
        {
            var rules = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "rules")).ToArray();
            var lines = rules.Select(rule =>
                $"**{ToolAnswer.Text(rule, "name")}** ({ToolAnswer.Text(rule, "kind")}, {ToolAnswer.Text(rule, "state") ?? ToolAnswer.Text(rule, "health")}): `{ToolAnswer.Text(rule, "expression")}`"
                + (ToolAnswer.Text(rule, "lastError") is { } error ? $" fails: {error}" : ""));
            return Wording.Cut(step.Result)
                ?? $"{ToolAnswer.Text(step.Result.Data, "total") ?? rules.Length.ToString()} rules, {ToolAnswer.Text(step.Result.Data, "unhealthy") ?? "0"} of them failing:{Wording.List(lines, rules.Length, 25)}{Wording.Evidence(step.Result)}";
        });
}
