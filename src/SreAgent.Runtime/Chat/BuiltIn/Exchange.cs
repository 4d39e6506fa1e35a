using Microsoft.Extensions.AI;
using SreAgent.Core.Catalogue;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>What has happened since the person's last message: the calls in rounds, each with what came back.</summary>
internal sealed record Exchange(IReadOnlyList<IReadOnlyList<Step>> Rounds, IReadOnlySet<string> Tools, IServiceCatalogue Services)
{
    public IReadOnlyList<Step> Last => Rounds.Count == 0 ? [] : Rounds[^1];

    /// <summary>Calls once and words what came back; what cannot be worded because it failed is said as it is.</summary>
    public Reply Once(PlannedCall call, Func<Step, string> word)
    {
        if (Missing(call.Tool) is { } missing)
        {
            return missing;
        }

        return Rounds.Count == 0 ? new Reply.Call([call]) : Trouble() ?? new Reply.Say(word(Last[0]));
    }

    /// <summary>The same about a service; where that fails and nobody has told of the service, it says which are known.</summary>
    public Reply OnceAbout(string service, PlannedCall call, Func<Step, string> word) =>
        Rounds.Count > 0 && Services.Find(service) is null && Trouble() is Reply.Say said ? new Reply.Say($"{said.Text}\n\n{Unknown(service)}") : Once(call, word);

    /// <summary>Says what to configure when a tool is not there; null when it is.</summary>
    public Reply? Missing(string tool)
    {
        if (Tools.Contains(tool))
        {
            return null;
        }

        var (system, setting, example) = tool.Split('_')[0] switch
        {
            "prometheus" => ("Prometheus", "Integrations:Prometheus:BaseUrl", "http://localhost:9090"),
            "alertmanager" => ("Alertmanager", "Integrations:Alertmanager:BaseUrl", "http://localhost:9093"),
            "fly" => ("Fly.io", "Integrations:Fly:TokenFile", "/run/secrets/fly"),
            "github" => ("GitHub", "Integrations:GitHub:TokenFile", "/run/secrets/github"),
            "grafana" => ("Grafana", "Integrations:Grafana:BaseUrl", "http://localhost:3000"),
            "git" => ("git", "Integrations:Git:Root", "/srv/worktrees"),
            _ => ("this", "", ""),
        };
        return new Reply.Say(setting.Length > 0
            ? $"For that I need `{tool}`, and I do not hold it: either {system} is not configured, or this persona is not granted it. Set `{setting}` "
                + $"(for example `SREAGENT__{setting.Replace(":", "__", StringComparison.Ordinal)}={example}`); `sre-agent doctor` says how things stand. Without any of that, `sre-agent --lab` opens a practice world with a real Prometheus."
            : $"For that I need `{tool}`, and this persona is not granted it.");
    }

    /// <summary>The catalogue's spelling of a service's name; as it was said when it is not in there.</summary>
    public string NameOf(string said) => Services.Find(said)?.Name ?? said;

    /// <summary>What to say of a service nobody has told of.</summary>
    public string Unknown(string said) => Services.All.Count == 0
        ? $"I know no service '{said}': none is configured. Describe it under `Services:{said}` (Environment, FlyApp, Repository, MetricSelector, Slos); `sre-agent doctor` shows what there is."
        : $"I know no service '{said}'. Those I know: {string.Join(", ", Services.All.Select(service => $"`{service.Name}`"))}. Others are described under `Services` in the settings.";

    /// <summary>The latest round as trouble, when not one of its calls found anything; null otherwise.</summary>
    public Reply? Trouble() =>
        Last.Any(step => step.Result.IsFound) ? null : new Reply.Say(string.Join("\n\n", Last.Select(step => Wording.Trouble(step)).Distinct(StringComparer.Ordinal)));
}

/// <param name="Result">What came back.</param>
internal sealed record Step(FunctionCallContent Call, ToolAnswer Result)
{
    public string Argument(string name) => Call.Arguments?.TryGetValue(name, out var value) == true ? value?.ToString() ?? "" : "";
}
