using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Is it ready for production? Of a folder, a repository, or the repository of a service.</summary>
internal sealed partial class ReadinessFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("is this ready for production", "what a reader of the folder you are in finds on each must-answer question, with file and line"),
        new("is checkout ready for production", "the same of the repository of a service"),
        new("review ./services/checkout", "the same of a folder"),
        new("review shop/checkout#41", "the same of a repository, a branch (`shop/checkout@main`) or a pull request"),
        new("review history of shop/checkout", "what earlier reviews said, and where each question is heading"),
    ];

    public Request? Recognise(string text) =>
        History().Match(text) is { Success: true } history ? new ReviewHistoryRequest(history.Groups["subject"].Value)
        : Ready().Match(text) is { Success: true } ready ? new ReviewRequest(ready.Groups["subject"].Value)
        : Review().Match(text) is { Success: true } review ? new ReviewRequest(review.Groups["subject"].Value)
        : null;

    [GeneratedRegex(@"^(is|are)\s+(?<subject>(the )?(service )?\S+)\s+(production[- ]ready|ready\s+(for|to go (in)?to)\s+(prod|production))\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Ready();

    // What is reviewed looks like a path or a repository, or is this: "review the incident" is none of it.
    [GeneratedRegex(@"^review\s+(?<subject>this(\s+(folder|repository|repo|service))?|\.{0,2}(/\S*)?|\S*/\S+?)\s*[?!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Review();

    [GeneratedRegex(@"^(show\s+)?(the\s+)?(readiness\s+)?review\s+history(\s+(of|for)\s+(?<subject>(the )?(service )?\S+?))?\s*[?!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex History();
}

/// <param name="Said">A path, a repository, a service, or "this".</param>
internal sealed record ReviewRequest(string Said) : Request
{
    public override Reply Next(Exchange exchange) => ReviewSubjectWords.Of(Said, exchange) switch
    {
        (null, var why) => new Reply.Say(why),
        (var subject, _) => exchange.Once(PlannedCall.Of("review_run", ("subject", subject)), step => ReadinessWording.Review(step.Result)),
    };
}

/// <param name="Said">Empty for everything.</param>
internal sealed record ReviewHistoryRequest(string Said) : Request
{
    public override Reply Next(Exchange exchange)
    {
        if (Said.Length == 0)
        {
            return exchange.Once(PlannedCall.Of("review_history"), step => ReadinessWording.History(step.Result));
        }

        return ReviewSubjectWords.Of(Said, exchange) switch
        {
            (null, var why) => new Reply.Say(why),
            (var subject, _) => exchange.Once(PlannedCall.Of("review_history", ("subject", subject)), step => ReadinessWording.History(step.Result)),
        };
    }
}

/// <summary>What somebody means by a name.</summary>
internal static class ReviewSubjectWords
{
    private static readonly HashSet<string> Here = new(StringComparer.OrdinalIgnoreCase) { "this", "it", "this folder", "this repository", "this repo", "this service", "" };

    /// <returns>No subject when there is nothing to review; then why.</returns>
    public static (string? Subject, string Why) Of(string said, Exchange exchange)
    {
        if (Here.Contains(said))
        {
            return (".", "");
        }

        var name = said.Split(' ')[^1];
        if (name.AsSpan().ContainsAny('/', '.', '~'))
        {
            return (name, "");
        }

        return exchange.Services.Find(name) switch
        {
            { Repository: { } repository } => (repository, ""),
            { Name: var known } => (null, $"`Services:{known}:Repository` is not set, so I do not know where its files are. Set it, or give a folder: `review ./path`."),
            _ => (null, exchange.Unknown(name) + " A folder is reviewed with `review ./path`, a repository with `review owner/repo`."),
        };
    }
}

/// <summary>Reviews in sentences.</summary>
internal static class ReadinessWording
{
    private const int MostFindings = 8;

    public static string Review(ToolAnswer answer)
    {
        if (Wording.Cut(answer) is { } cut)
        {
            return cut;
        }

        var data = answer.Data;
        var questions = ToolAnswer.Items(ToolAnswer.Child(data, "questions")).ToArray();
        var missing = questions.Where(question => ToolAnswer.Text(question, "verdict") == "missing" && ToolAnswer.Text(question, "waived") is null).Select(question => ToolAnswer.Text(question, "id")).ToArray();
        var commit = ToolAnswer.Text(data, "commit") is { } hash ? $" at `{hash[..Math.Min(12, hash.Length)]}`" : "";
        var verdict = ToolAnswer.Text(data, "ready") is "True" or "true"
            ? $"**Ready**: every question about `{ToolAnswer.Text(data, "subject")}`{commit} has at least a partial answer."
            : $"**Not ready**: nothing in `{ToolAnswer.Text(data, "subject")}`{commit} answers {string.Join(", ", missing.Select(id => $"`{id}`"))}.";
        return $"{verdict}\n{string.Concat(questions.Select(Question))}{First(data)}{Findings(data)}{Wording.Evidence(answer)}";
    }

    public static string History(ToolAnswer answer)
    {
        var subjects = ToolAnswer.Items(ToolAnswer.Child(answer.Data, "subjects")).Select(subject =>
        {
            var trends = ToolAnswer.Items(ToolAnswer.Child(subject, "trends")).Select(trend =>
                $"\n- {ToolAnswer.Text(trend, "question")}: {ToolAnswer.Text(trend, "now")?.ToLowerInvariant()}, {ToolAnswer.Text(trend, "heading")?.ToLowerInvariant() switch { "better" => "better than before", "worse" => "**worse than before**", _ => "as before" }} {ToolAnswer.Text(trend, "sparkline")}".TrimEnd());
            var latest = ToolAnswer.Items(ToolAnswer.Child(subject, "reviews")).FirstOrDefault();
            var when = latest.ValueKind == JsonValueKind.Object ? $"\nLast reviewed {Wording.Moment(ToolAnswer.Text(latest, "at"))}." : "";
            return $"**{ToolAnswer.Text(subject, "subject")}** by the list of {ToolAnswer.Text(subject, "persona")}{string.Concat(trends)}{when}";
        });
        return string.Join("\n\n", subjects) + Wording.Evidence(answer);
    }

    private static string Question(JsonElement question)
    {
        var place = ToolAnswer.Items(ToolAnswer.Child(question, "evidence")).FirstOrDefault();
        var shown = place.ValueKind == JsonValueKind.Object ? $": `{ToolAnswer.Text(place, "path")}:{ToolAnswer.Text(place, "line")}` {Quoted(ToolAnswer.Text(place, "quote"))}" : "";
        var waived = ToolAnswer.Text(question, "waived") is { } reason ? $" (waived: {OneLine(reason)})" : "";
        return $"\n- **{ToolAnswer.Text(question, "verdict")}** {ToolAnswer.Text(question, "id")}{shown}{waived}";
    }

    /// <summary>What to do first comes in the persona's order.</summary>
    private static string First(JsonElement data)
    {
        var advice = ToolAnswer.Items(ToolAnswer.Child(data, "advice")).Select(sentence => OneLine(sentence.ToString())).ToArray();
        return advice.Length == 0 ? "" : $"\n\nWhat to do, the most important first:{string.Concat(advice.Select((sentence, i) => $"\n{i + 1}. {sentence}"))}";
    }

    private static string Findings(JsonElement data)
    {
        var findings = ToolAnswer.Items(ToolAnswer.Child(data, "findings")).ToArray();
        return findings.Length == 0 ? "" : "\n\nAlso found:" + Wording.List(
            findings.Select(finding => $"{ToolAnswer.Text(finding, "severity")}: {OneLine(ToolAnswer.Text(finding, "message") ?? "")}{(ToolAnswer.Text(finding, "path") is { } path ? $" (`{path}`)" : "")}"), findings.Length, MostFindings);
    }

    private static string Quoted(string? text) => text is null ? "" : $"“{OneLine(text).Replace('`', '\'')}”";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
