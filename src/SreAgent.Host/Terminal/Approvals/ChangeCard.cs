using System.Globalization;
using System.Text;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>A change request as a person reads it before deciding. Everything in it was written by a model or an outside system, so all of it is made safe.</summary>
internal static class ChangeCard
{
    private const int ShortestLabel = 13;
    private const int LongestLabel = 18;
    private const int LongestArgument = 2_000;

    // Facts an approver reads after the way back; all others are about what goes out.
    private static readonly string[] Afterwards = ["rollback target", "verification"];

    public static IEnumerable<string> Lines(ChangeRequest request, DateTimeOffset now, int width, Ink ink)
    {
        var plan = request.Plan;
        var images = ShortImages.Of(plan);
        (string Name, string Value)[] fields = [.. Fields(request).Where(field => field.Value.Length > 0).Select(field => (SafeText.Line(field.Name, LongestLabel - 1), images.In(field.Value)))];
        var label = Math.Max(ShortestLabel, fields.Max(field => CellWidth.Of(field.Name)) + 1);
        var room = Math.Max(20, width - label - 2);
        yield return ink.Bold(SafeText.Line(plan.Summary.Length > 0 ? plan.Summary : request.Tool));
        yield return "";
        foreach (var (name, value) in fields)
        {
            foreach (var line in value.Split('\n').SelectMany((text, index) => Labelled(index == 0 ? name : "", Wrapped(text, room), label, ink)))
            {
                yield return line;
            }
        }

        foreach (var line in Labelled("preflight", Preflight(plan, images, room, ink), label, ink))
        {
            yield return line;
        }

        foreach (var line in Asked(request, now).Where(field => field.Value.Length > 0).SelectMany(field => Labelled(field.Name, Wrapped(field.Value, room), label, ink)))
        {
            yield return line;
        }

        foreach (var line in Labelled("arguments", Arguments(request.Arguments).SelectMany(argument => Exactly(argument, room)), label, ink))
        {
            yield return line;
        }
    }

    /// <summary>What happens, what it meets, and how to take it back. A line break begins a new line; nothing in it is trusted.</summary>
    private static IEnumerable<(string Name, string Value)> Fields(ChangeRequest request)
    {
        var plan = request.Plan;
        yield return ("what", OneLine($"{request.Tool} on {plan.Target}"));
        yield return ("where", OneLine(request.Scope.Environment));
        yield return ("from", OneLine(plan.Current));
        yield return ("to", OneLine(plan.Wanted));
        foreach (var fact in plan.Facts.Where(fact => !fact.IsMinor && !Afterwards.Contains(fact.Name, StringComparer.Ordinal)))
        {
            yield return (fact.Name, fact.Detail);
        }

        yield return ("blast radius", OneLine(plan.BlastRadius));
        yield return ("undo", OneLine(plan.Undo));
        if (plan.Remedy is { } remedy)
        {
            yield return ("if it fails", OneLine(remedy.Automatic
                ? $"{remedy.Tool} {remedy.Arguments.GetRawText()} RUNS BY ITSELF: approving this approves that too, once"
                : $"a request for {remedy.Tool} {remedy.Arguments.GetRawText()} is made ready; it takes an approval of its own"));
        }

        foreach (var fact in plan.Facts.Where(fact => !fact.IsMinor && Afterwards.Contains(fact.Name, StringComparer.Ordinal)))
        {
            yield return (fact.Name, fact.Detail);
        }
    }

    private static IEnumerable<(string Name, string Value)> Asked(ChangeRequest request, DateTimeOffset now)
    {
        yield return ("asked by", $"{request.Scope.Requester} via {request.RequestedVia.ToString().ToLowerInvariant()}, as {request.Scope.Persona}");
        yield return ("because of", string.Join(", ", request.Rules));
        if (request.RemedyOf is { } failed)
        {
            yield return ("undoes", $"{failed}, which failed");
        }

        yield return ("expires", Expiry(request.ExpiresAt, now));
        yield return ("request", $"{request.Id}, digest {Short(request.Digest.Value)}");
    }

    /// <summary>Failed ones first: they are what there is to decide on.</summary>
    private static IEnumerable<string> Preflight(ChangePlan plan, ShortImages images, int room, Ink ink)
    {
        if (plan.Preflight.Count == 0)
        {
            yield return "none for this kind of change";
        }

        foreach (var check in plan.Preflight.OrderBy(check => check.Passed))
        {
            var mark = check.Passed ? ink.On("passed", Look.Green) : ink.On("FAILED", Look.Red | Look.Bold);
            foreach (var (line, row) in Wrapped($"{check.Name}: {images.In(check.Detail)}", Math.Max(20, room - 7)).Select((line, row) => (line, row)))
            {
                yield return $"{(row == 0 ? mark : "      ")} {line}";
            }
        }
    }

    private static IEnumerable<string> Labelled(string name, IEnumerable<string> lines, int label, Ink ink) =>
        lines.Select((line, row) => $"  {ink.Dim(CellWidth.Pad(row == 0 ? name : "", label))}{line}");

    private static string OneLine(string text) => text.ReplaceLineEndings("↵");

    public static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;

    public static string Expiry(DateTimeOffset expiresAt, DateTimeOffset now)
    {
        var left = expiresAt - now;
        var at = expiresAt.UtcDateTime.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return left <= TimeSpan.Zero ? $"expired at {at}"
            : left < TimeSpan.FromMinutes(2) ? $"in {(int)left.TotalSeconds} seconds, at {at}"
            : left < TimeSpan.FromHours(2) ? $"in {(int)left.TotalMinutes} minutes, at {at}"
            : $"in {(int)left.TotalHours} hours, at {expiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}";
    }

    /// <summary>One line an argument; nothing of it is left out up to a length no honest argument has, and then it says so.</summary>
    private static IEnumerable<string> Arguments(JsonElement arguments)
    {
        if (arguments.ValueKind != JsonValueKind.Object)
        {
            yield return arguments.GetRawText();
            yield break;
        }

        foreach (var argument in arguments.EnumerateObject())
        {
            var value = argument.Value.ValueKind == JsonValueKind.String ? argument.Value.GetString()! : argument.Value.GetRawText();
            yield return value.Length > LongestArgument
                ? $"{argument.Name} = {value[..LongestArgument]}… ({value.Length:N0} characters in all)"
                : $"{argument.Name} = {value}";
        }
    }

    /// <summary>Every character of it, white space included: this is what will be executed.</summary>
    private static IEnumerable<string> Exactly(string value, int width)
    {
        var row = new StringBuilder();
        var column = 0;
        foreach (var element in CellWidth.Elements(SafeText.Line(value)))
        {
            var cells = CellWidth.OfElement(element);
            if (column + cells > width)
            {
                yield return row.ToString();
                row.Clear();
                column = 0;
            }

            row.Append(element);
            column += cells;
        }

        yield return row.ToString();
    }

    private static List<string> Wrapped(string value, int width) =>
        [.. Markdown.StyledText.Wrap([new Markdown.Span(SafeText.Line(value), Look.Plain)], width).Select(line => string.Concat(line.Select(span => span.Text)))];
}
