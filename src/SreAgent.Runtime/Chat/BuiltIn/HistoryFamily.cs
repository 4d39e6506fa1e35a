using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>What was changed, from every place that keeps a record, in one order.</summary>
internal sealed partial class HistoryFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } = [new("what changed on checkout in the last 2h", "its releases, commits and annotations in order of time")];

    public Request? Recognise(string text)
    {
        var (rest, window) = SpokenWindow.TakeFrom(text);
        return Asked().Match(rest) is { Success: true } match
            ? new HistoryRequest(match.Groups["service"].Value, window.Given ? window : new SpokenWindow(TimeSpan.FromDays(1), Given: false))
            : null;
    }

    [GeneratedRegex(@"^what('s| has| was)?\s+(been\s+)?changed\s+(on|in|at|with|for)\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)(\s+(lately|recently))?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal sealed record HistoryRequest(string Service, SpokenWindow Window) : Request
{
    public override Reply Next(Exchange exchange)
    {
        if (exchange.Services.Find(Service) is null)
        {
            return new Reply.Say(exchange.Unknown(Service));
        }

        var service = exchange.NameOf(Service);
        var repository = exchange.Services.Find(Service)?.Repository;
        List<(PlannedCall Call, ListNames Names)> sources = [];
        List<string> gaps = [];
        Add(exchange, "releases", PlannedCall.Of("fly_list_releases", ("app", FleetWording.AppOf(exchange, Service))), ListNames.Releases);
        if (repository is null)
        {
            gaps.Add($"commits: `Services:{service}:Repository` is not set");
        }
        else
        {
            Add(exchange, "commits", PlannedCall.Of("github_list_commits", ("repository", repository), ("since", Window.From)), ListNames.Commits);
        }

        Add(exchange, "annotations", PlannedCall.Of("grafana_list_annotations", ("from", Window.From), ("tags", new[] { service })), ListNames.Annotations);
        if (sources.Count == 0)
        {
            return exchange.Missing("fly_list_releases")!; // It is missing, or there would be a source.
        }

        if (exchange.Rounds.Count == 0)
        {
            return new Reply.Call([.. sources.Select(source => source.Call)]);
        }

        gaps.AddRange(exchange.Last.Where(step => !step.Result.IsFound && step.Result.Status != "no-data").Select(Wording.Trouble));
        return new Reply.Say(Word(exchange, service, sources, gaps));

        void Add(Exchange held, string what, PlannedCall call, ListNames names)
        {
            if (held.Tools.Contains(call.Tool))
            {
                sources.Add((call, names));
            }
            else
            {
                gaps.Add($"{what}: I do not hold `{call.Tool}`");
            }
        }
    }

    private string Word(Exchange exchange, string service, List<(PlannedCall Call, ListNames Names)> sources, List<string> gaps)
    {
        var all = exchange.Last.Where(step => step.Result.IsFound)
            .SelectMany(step => Listed.In(step.Result, sources.First(source => source.Call.Tool == step.Call.Name).Names).Select(item => (item.At, Words: Line(step.Call.Name, item))))
            .OrderByDescending(item => item.At).ToArray();

        // Releases are listed whatever their age; the others were asked for the window.
        var newest = all.Length > 0 ? all[0].At : default;
        var inWindow = WindowEnd(exchange) is { } end ? all.Where(item => item.At >= end - Window.Length).ToArray() : all;
        var older = all.Except(inWindow).FirstOrDefault();
        var heading = inWindow.Length > 0
            ? $"What changed on **{service}** over {Window.Words}, newest first:{Wording.List(inWindow.Select(item => $"{Wording.Moment(item.At.ToString("O"))} {item.Words}"), inWindow.Length, 25)}"
            : $"Nothing changed on **{service}** over {Window.Words}, as far as I can see.";
        return heading
            + (inWindow.Length == 0 && newest != default ? $" The newest before: {Wording.Moment(older.At.ToString("O"))} {older.Words}" : "")
            + string.Concat(exchange.Last.Where(step => step.Result.IsFound).Select(step => Wording.Evidence(step.Result)))
            + (gaps.Count > 0 ? $"\n\nNot looked at:{Wording.List(gaps, gaps.Count, 10)}" : "");
    }

    /// <summary>The end of the window as a tool that was given it understood it.</summary>
    private static DateTimeOffset? WindowEnd(Exchange exchange) =>
        exchange.Last.Select(step => DateTimeOffset.TryParse(ToolAnswer.Text(step.Result.Evidence, "to"), System.Globalization.CultureInfo.InvariantCulture, out var to) ? to : (DateTimeOffset?)null)
            .FirstOrDefault(to => to is not null);

    private static string Line(string tool, Listed item) => tool switch
    {
        "fly_list_releases" => FleetWording.Release(item),
        "github_list_commits" => $"commit `{Brief(item.Text("id", "sha", "commit"))}` {item.Text("title", "message")}{(item.Text("author.login", "author.name", "author") is { } author ? $", by {author}" : "")}",
        _ => $"annotation: {item.Text("text", "title")}",
    };

    private static string Brief(string? commit) => commit is { Length: > 7 } ? commit[..7] : commit ?? "";
}
