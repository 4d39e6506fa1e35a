using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Turns data into the responder's sentences, with what each rests on.</summary>
internal static class Wording
{
    public static string Number(double value) => value switch
    {
        double.NaN => "no value",
        0 => "0",
        _ when double.IsInfinity(value) => value > 0 ? "+Inf" : "-Inf",
        _ when Math.Abs(value) >= 1_000 => value.ToString("N0", CultureInfo.InvariantCulture),
        _ => value.ToString("G3", CultureInfo.InvariantCulture),
    };

    public static string Percent(double ratio) => double.IsNaN(ratio) ? "no value" : (ratio * 100).ToString(ratio >= 0.1 ? "0.#" : ratio >= 0.01 ? "0.##" : "0.###", CultureInfo.InvariantCulture) + " %";

    public static string Seconds(double seconds) => seconds switch
    {
        double.NaN => "no value",
        < 1 => (seconds * 1_000).ToString("0.#", CultureInfo.InvariantCulture) + " ms",
        _ => seconds.ToString("0.##", CultureInfo.InvariantCulture) + " s",
    };

    public static string Count(int number, string of) => $"{(number == 0 ? "no" : number.ToString("N0", CultureInfo.InvariantCulture))} {of}{(number == 1 ? "" : "s")}";

    /// <summary>A moment to the second, in UTC; what is no moment stays as it is.</summary>
    public static string Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : text ?? "";

    public static string Labels(JsonElement labels) =>
        labels.ValueKind == JsonValueKind.Object && labels.EnumerateObject().Select(label => $"{label.Name}=\"{label.Value}\"").ToArray() is { Length: > 0 } pairs
            ? string.Join(", ", pairs)
            : "";

    /// <summary>What was asked, over which window, where to see it, and what the system remarked.</summary>
    public static string Evidence(ToolAnswer answer)
    {
        var evidence = answer.Evidence;
        var line = new StringBuilder();
        if (ToolAnswer.Text(evidence, "query") is { Length: > 0 } query)
        {
            line.Append(CultureInfo.InvariantCulture, $"\n\nEvidence: `{query}`");
        }

        if (ToolAnswer.Text(evidence, "from") is { } from && ToolAnswer.Text(evidence, "to") is { } to)
        {
            line.Append(string.Equals(from, to, StringComparison.Ordinal) ? $" at {to}" : $" from {from} to {to}");
        }

        if (ToolAnswer.Text(evidence, "link") is { } link)
        {
            line.Append(CultureInfo.InvariantCulture, $" ([open]({link}))");
        }

        // That the end was not given says nothing new beside the window.
        return answer.Notes.Where(note => !note.EndsWith("not given: now.", StringComparison.Ordinal)).Aggregate(
            line, (all, note) => note.StartsWith("As of ", StringComparison.Ordinal) ? all.Append(CultureInfo.InvariantCulture, $", as of {note["As of ".Length..].TrimEnd('.')}") : all.Append(CultureInfo.InvariantCulture, $"\n- {note}")).ToString();
    }

    public static string Trouble(Step step)
    {
        var answer = step.Result;
        return answer.Status switch
        {
            "no-data" => $"Nothing was found: {ToolAnswer.Text(answer.Document, "searched")}."
                + string.Concat(ToolAnswer.Items(ToolAnswer.Child(answer.Document, "likelyCauses")).Select(cause => $"\n- {cause}")) + Evidence(answer),
            "denied" => $"That was denied. {answer.Explanation}",
            "failed" => Refused(step.Call.Name, answer.Explanation),
            _ => $"`{step.Call.Name}`: {(answer.Explanation.Length > 0 ? answer.Explanation : answer.Status)}",
        };
    }

    /// <summary>A refusal of the host's own begins with the tool's name, and says in full what it is about.</summary>
    private static string Refused(string tool, string why) => why.StartsWith($"{tool} was not", StringComparison.Ordinal) ? why : $"`{tool}` could not answer: {why}";

    /// <summary>A result that was too large to read: its beginning and where the rest is.</summary>
    public static string? Cut(ToolAnswer answer) =>
        answer.Status == "cut"
            ? $"The answer is large; it begins:\n\n```\n{ToolAnswer.Text(answer.Document, "beginning")?[..Math.Min(1_500, ToolAnswer.Text(answer.Document, "beginning")!.Length)]}\n```\nSay `page {ToolAnswer.Text(answer.Document, "handle")}` for the rest."
            : null;

    public static string List(IEnumerable<string> lines, int total, int shown) =>
        string.Concat(lines.Take(shown).Select(line => $"\n- {line}")) + (total > shown ? $"\n- … and {total - shown} more" : "");

    /// <summary>A summary of each series: last, lowest, median, highest and its shape.</summary>
    public static string Series(ToolAnswer answer, Func<double, string> unit, int shown = 8)
    {
        var series = ToolAnswer.Items(ToolAnswer.Child(answer.Data, "result")).ToArray();
        var total = ToolAnswer.Number(answer.Data, "series");
        return List(
            series.Select(one =>
            {
                var labels = Labels(ToolAnswer.Child(one, "labels"));
                var name = labels.Length > 0 ? $"`{{{labels}}}` " : "";
                return $"{name}now {unit(ToolAnswer.Number(one, "last"))}, min {unit(ToolAnswer.Number(one, "min"))}, median {unit(ToolAnswer.Number(one, "median"))}, "
                    + $"max {unit(ToolAnswer.Number(one, "max"))} {ToolAnswer.Text(one, "sparkline")?.Trim()}".TrimEnd();
            }),
            double.IsNaN(total) ? series.Length : (int)total, shown);
    }
}
