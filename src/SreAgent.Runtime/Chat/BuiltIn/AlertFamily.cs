using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class AlertFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("what is firing", "alerts firing now, with since when and why"),
        new("what is pending", "alerts about to fire"),
        new("alerts", "both"),
    ];

    public Request? Recognise(string text)
    {
        var match = Asked().Match(text);
        return !match.Success ? null
            : new AlertsRequest(match.Groups["state"].Value.ToLowerInvariant() switch { "firing" => "firing", "pending" => "pending", _ => "any" });
    }

    [GeneratedRegex(@"^(?=.*\b(firing|pending|alerts?)\b)((what|which)( alerts?)?( is|'s| are)?|anything|is anything|show|list|any)?\s*(me )?(the |all )?(?<state>firing|pending)?\s*(alerts?)?( (is|are) (?<state>firing|pending))?( right)?( now)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal sealed record AlertsRequest(string State) : Request
{
    public override Reply Next(Exchange exchange)
    {
        // Alertmanager knows what fires, too, where Prometheus itself cannot be asked.
        var call = exchange.Tools.Contains("prometheus_list_alerts") || !exchange.Tools.Contains("alertmanager_list_alerts")
            ? PlannedCall.Of("prometheus_list_alerts", ("state", State))
            : PlannedCall.Of("alertmanager_list_alerts");
        return exchange.Once(call, Word);
    }

    private string Word(Step step)
    {
        if (Wording.Cut(step.Result) is { } cut)
        {
            return cut;
        }

        var alerts = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "alerts")).ToArray();
        var what = State == "any" ? "pending or firing" : State;
        var lines = alerts.Select(alert =>
        {
            var annotations = ToolAnswer.Child(alert, "annotations");
            var summary = ToolAnswer.Text(annotations, "summary") ?? ToolAnswer.Text(annotations, "description") ?? ToolAnswer.Text(alert, "summary");
            var labels = Wording.Labels(ToolAnswer.Child(alert, "labels"));
            return $"**{ToolAnswer.Text(alert, "name")}** ({ToolAnswer.Text(alert, "state")} since {Wording.Moment(ToolAnswer.Text(alert, "since"))}){(summary is null ? "" : $": {summary}")}{(labels.Length > 0 ? $" `{{{labels}}}`" : "")}";
        });
        return $"{(alerts.Length == 1 ? "One alert is" : $"{alerts.Length} alerts are")} {what}:{Wording.List(lines, alerts.Length, 20)}{Wording.Evidence(step.Result)}";
    }
}
