using System.Globalization;
using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Changes to what runs. Each waits for a human's approval; the words here only ask.</summary>
internal sealed partial class RolloutFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("deploy checkout v43", "plans a deploy and asks a human to approve it"),
        new("deploy v43 of checkout because the fix is in and roll back if it fails", "the same; approving it approves the rollback too, should it fail"),
        new("roll back checkout", "asks a human to approve going back to the release before"),
        new("roll back checkout to v42 because users see errors", "the same, to one release"),
        new("restart checkout", "asks a human to approve restarting its machines"),
        new("scale checkout to 4", "asks a human to approve a number of machines"),
    ];

    public Request? Recognise(string text)
    {
        var automatic = OnFailure().IsMatch(text);
        var (asked, reason) = SpokenReason.TakeFrom(automatic ? OnFailure().Replace(text, "") : text);
        asked = asked.TrimEnd(' ', '?', '.', '!', ',');
        if (Deploy().Match(asked) is { Success: true } deploy)
        {
            return new DeployRequest(deploy.Groups["service"].Value, deploy.Groups["image"].Value, automatic, reason);
        }

        return automatic ? null
            : Rollback().Match(asked) is { Success: true } rollback ? new RollbackRequest(rollback.Groups["service"].Value, rollback.Groups["to"].Value, reason)
            : Restart().Match(asked) is { Success: true } restart ? new RestartRequest(restart.Groups["service"].Value, reason)
            : Scale().Match(asked) is { Success: true } scale ? new ScaleRequest(scale.Groups["service"].Value, int.Parse(scale.Groups["count"].Value, CultureInfo.InvariantCulture))
            : null;
    }

    // What is deployed holds a digit, so that "deploy checkout to production" is not taken for a deploy of "to".
    [GeneratedRegex(@"^deploy\s+((?<image>\S*\d\S*)\s+(of|for|on|to)\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)|(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)\s+((version|image|release|tag|at|to)\s+)?(?<image>\S*\d\S*))$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Deploy();

    [GeneratedRegex(@"^(roll\s?back|revert)\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)(\s+to\s+(release |version )?(?<to>\S*\d\S*))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Rollback();

    [GeneratedRegex(@"^restart\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Restart();

    [GeneratedRegex(@"^scale\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)\s+to\s+(?<count>\d{1,4})(\s+(machines?|instances?))?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Scale();

    [GeneratedRegex(@"\s*,?\s+(and|but)\s+roll\s?(it )?back(\s+automatically)?\s+(if|when|should)\s+(it|that|this|verification|the deploy)\s+(fails?|breaks?|does not take)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex OnFailure();
}

/// <param name="Reason">Empty when none was given.</param>
internal sealed record DeployRequest(string Service, string Image, bool RollBackOnFailure, string Reason) : Request
{
    public override Reply Next(Exchange exchange)
    {
        (string, object)[] arguments =
        [
            ("service", exchange.NameOf(Service)), ("image", Image),
            .. RollBackOnFailure ? [("rollback_on_failure", true)] : Array.Empty<(string, object)>(),
            ("reason", Reason.Length > 0 ? Reason : SpokenReason.None),
        ];
        return ChangeWording.Ask(exchange, Service, PlannedCall.Of("fly_deploy", arguments), step => ChangeWording.Done(step, $"{Image} of **{exchange.NameOf(Service)}** is deployed"));
    }
}

/// <param name="To">Empty for the release before.</param>
internal sealed record RollbackRequest(string Service, string To, string Reason) : Request
{
    public override Reply Next(Exchange exchange)
    {
        (string, object)[] arguments =
        [
            ("service", exchange.NameOf(Service)), .. To.Length > 0 ? [("to", To)] : Array.Empty<(string, object)>(),
            ("reason", Reason.Length > 0 ? Reason : SpokenReason.None),
        ];
        return ChangeWording.Ask(exchange, Service, PlannedCall.Of("fly_rollback", arguments), step => ChangeWording.Done(step, $"**{exchange.NameOf(Service)}** is rolled back{(To.Length > 0 ? $" to {To}" : "")}"));
    }
}

internal sealed record RestartRequest(string Service, string Reason) : Request
{
    public override Reply Next(Exchange exchange)
    {
        var service = exchange.NameOf(Service);
        var call = Reason.Length > 0 ? PlannedCall.Of("fly_restart", ("service", service), ("reason", Reason)) : PlannedCall.Of("fly_restart", ("service", service));
        return ChangeWording.Ask(exchange, Service, call, step => ChangeWording.Done(step, $"**{service}** is restarted"));
    }
}

internal sealed record ScaleRequest(string Service, int Count) : Request
{
    public override Reply Next(Exchange exchange)
    {
        var service = exchange.NameOf(Service);
        return ChangeWording.Ask(exchange, Service, PlannedCall.Of("fly_scale", ("service", service), ("count", Count)), step => ChangeWording.Done(step, $"**{service}** is scaled to {Count}"));
    }
}

/// <summary>What is said of a change that was carried out, or was not put before anybody.</summary>
internal static class ChangeWording
{
    /// <summary>Asks for a change of a service. A service nobody knows is not asked for; a refusal comes with what to do next.</summary>
    public static Reply Ask(Exchange exchange, string service, PlannedCall call, Func<Step, string> word)
    {
        if (exchange.Missing(call.Tool) is { } missing)
        {
            return missing;
        }

        if (exchange.Services.All.Count > 0 && exchange.Services.Find(service) is null)
        {
            return new Reply.Say(exchange.Unknown(service) + " Nothing was asked for.");
        }

        return exchange.Rounds.Count > 0 && exchange.Trouble() is Reply.Say said && exchange.Last[0].Result.Status == "failed"
            ? new Reply.Say(said.Text + Next(exchange.Last[0].Result.Explanation, exchange.NameOf(service)))
            : exchange.Once(call, word);
    }

    /// <summary>What the record says happened goes before what was meant to: it may have run and not been verified.</summary>
    public static string Done(Step step, string meant) =>
        Wording.Cut(step.Result)
        ?? $"{(ToolAnswer.Text(step.Result.Data, "state") is { } state and not "succeeded" ? $"{meant}, but the change is **{state}**." : $"{meant}, and verified.")}"
            + $"{(ToolAnswer.Text(step.Result.Data, "outcome") is { } outcome ? $"\n\n{outcome}" : "")}{Wording.Evidence(step.Result)}";

    /// <summary>By the gate that did not pass.</summary>
    private static string Next(string why, string service)
    {
        (string Gate, string What)[] next =
        [
            ("image exists:", $"Look for one that is there: `releases of {service}` shows what ran before. A new tag has to be built and pushed first."),
            ("build green:", $"Mend what is red and deploy the commit that passes, or deploy another tag: `releases of {service}` shows what ran before."),
            ("something to do:", $"`status of {service}` shows its machines; `restart {service}` starts the same image anew, `roll back {service}` goes to the one before."),
            ("rollback target known:", $"`releases of {service}` shows what there is; `deploy {service}` with a tag goes anywhere else."),
            ("nothing else under way:", $"Ask again when that has ended; `status of {service}` shows how it stands."),
            ("every machine reachable:", $"`status of {service}` shows which; ask again when its host answers."),
        ];
        var fitting = next.Where(one => why.Contains(one.Gate, StringComparison.Ordinal)).Select(one => one.What).ToArray();
        return fitting.Length > 0 ? "\n\n" + fitting[0] : "";
    }
}
