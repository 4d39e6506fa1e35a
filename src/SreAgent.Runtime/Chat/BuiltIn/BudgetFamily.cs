using System.Text.RegularExpressions;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class BudgetFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } = [new("error budget of checkout", "what is left of it and how fast it burns, for each stated objective")];

    public Request? Recognise(string text) => Asked().Match(text) is { Success: true } match ? new BudgetRequest(match.Groups["service"].Value) : null;

    [GeneratedRegex(@"^(what('s| is)|how is|show( me)?)?\s*(the )?(error )?budget\s+(of|for)\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal sealed record BudgetRequest(string Service) : Request
{
    private const int Shown = 3;

    public override Reply Next(Exchange exchange)
    {
        if (exchange.Missing("prometheus_query") is { } missing)
        {
            return missing;
        }

        if (exchange.Services.Find(Service) is not { } known)
        {
            return new Reply.Say(exchange.Unknown(Service));
        }

        var slos = known.Slos;
        if (slos.Count == 0)
        {
            return new Reply.Say($"I know no objective of {Service}, so there is no budget to speak of. State one under `Services:{exchange.NameOf(Service)}:Slos` (Objective, Good, Total, Window).");
        }

        var asked = slos.Take(Shown).SelectMany(Queries).Select(query => PlannedCall.Of("prometheus_query", ("query", query))).ToArray();
        if (exchange.Rounds.Count == 0)
        {
            return new Reply.Call(asked);
        }

        var each = exchange.Last.Chunk(Queries(slos[0]).Length);
        var lines = slos.Zip(each, (slo, steps) =>
        {
            var failed = steps.Where(step => step.Result.Status is not ("found" or "no-data")).Select(Wording.Trouble).FirstOrDefault();
            var reading = failed is null ? Judge(slo, steps) : ErrorBudget.Unknown(slo, $"{slo.Name}: {failed}");
            return $"**{reading.State}**. {reading.Detail}{Wording.Evidence(steps[0].Result)}";
        });
        return new Reply.Say($"Error budget of **{exchange.NameOf(Service)}**:\n\n{string.Join("\n\n", lines)}{(slos.Count > Shown ? $"\n\nNot looked at: {string.Join(", ", slos.Skip(Shown).Select(slo => slo.Name))}." : "")}");
    }

    private static string[] Queries(Slo slo) =>
    [
        SloQueries.ErrorRatio(slo, slo.Window), SloQueries.Total(slo, slo.Window),
        .. BurnRateWindow.Paging.SelectMany(window => new[] { SloQueries.ErrorRatio(slo, window.LongWindow), SloQueries.ErrorRatio(slo, window.ShortWindow) }),
    ];

    private static BudgetReading Judge(Slo slo, Step[] steps)
    {
        double[] values = [.. steps.Select(step => ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "result")).Select(one => ToolAnswer.Number(one, "value")).FirstOrDefault(double.NaN))];
        return ErrorBudget.Judge(
            slo, Sample(values[0], values[1]),
            [.. BurnRateWindow.Paging.Select((window, i) => new BurnMeasurement(window, Sample(values[2 + (2 * i)], 1), Sample(values[3 + (2 * i)], 1)))]);
    }

    private static SliSample? Sample(double errorRatio, double total) =>
        double.IsNaN(errorRatio) || double.IsNaN(total) || total <= 0 ? null : new SliSample(total * (1 - errorRatio), total);
}
