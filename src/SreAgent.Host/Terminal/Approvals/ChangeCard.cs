using System.Globalization;
using System.Text;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>A change request as a person reads it before deciding. Everything in it was written by a model or an outside system, so all of it is made safe.</summary>
internal static class ChangeCard
{
    private const int Label = 13;
    private const int LongestArgument = 2_000;

    public static IEnumerable<string> Lines(ChangeRequest request, DateTimeOffset now, int width, Ink ink)
    {
        var plan = request.Plan;
        yield return ink.Bold(SafeText.Line(plan.Summary.Length > 0 ? plan.Summary : request.Tool));
        yield return "";
        foreach (var (name, value) in Fields(request, now))
        {
            foreach (var line in Field(name, value, width, ink))
            {
                yield return line;
            }
        }

        foreach (var fact in plan.Facts)
        {
            foreach (var line in fact.Detail.Split('\n').SelectMany((text, index) => Field(index == 0 ? fact.Name : "", text, width, ink)))
            {
                yield return line;
            }
        }

        foreach (var (argument, index) in Arguments(request.Arguments).Select((argument, index) => (argument, index)))
        {
            foreach (var (line, row) in Exactly(argument, Math.Max(20, width - Label - 2)).Select((line, row) => (line, row)))
            {
                yield return $"  {ink.Dim(CellWidth.Pad(index + row == 0 ? "arguments" : "", Label))}{line}";
            }
        }

        foreach (var (check, index) in plan.Preflight.Select((check, index) => (check, index)))
        {
            var mark = check.Passed ? ink.On("passed", Look.Green) : ink.On("FAILED", Look.Red | Look.Bold);
            var label = ink.Dim(CellWidth.Pad(index == 0 ? "preflight" : "", Label));
            yield return $"  {label}{mark} {SafeText.Line(check.Name)}: {SafeText.Line(check.Detail)}";
        }

        if (plan.Preflight.Count == 0)
        {
            yield return $"  {ink.Dim(CellWidth.Pad("preflight", Label))}none for this kind of change";
        }
    }

    private static IEnumerable<(string Name, string Value)> Fields(ChangeRequest request, DateTimeOffset now)
    {
        var plan = request.Plan;
        yield return ("what", $"{request.Tool} on {plan.Target}");
        yield return ("where", request.Scope.Environment);
        yield return ("now", plan.Current);
        yield return ("wanted", plan.Wanted);
        yield return ("blast radius", plan.BlastRadius);
        yield return ("undo", plan.Undo);
        if (plan.Remedy is { } remedy)
        {
            yield return ("if it fails", remedy.Automatic
                ? $"{remedy.Tool} {remedy.Arguments.GetRawText()} RUNS BY ITSELF: approving this approves that too, once"
                : $"a request for {remedy.Tool} {remedy.Arguments.GetRawText()} is made ready; it takes an approval of its own");
        }

        yield return ("asked by", $"{request.Scope.Requester} via {request.RequestedVia.ToString().ToLowerInvariant()}, as {request.Scope.Persona}");
        yield return ("because of", string.Join(", ", request.Rules));
        if (request.RemedyOf is { } failed)
        {
            yield return ("undoes", $"{failed}, which failed");
        }

        yield return ("expires", Expiry(request.ExpiresAt, now));
        yield return ("request", $"{request.Id}, digest {Short(request.Digest.Value)}");
    }

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

    private static IEnumerable<string> Field(string name, string value, int width, Ink ink)
    {
        if (value.Length == 0)
        {
            yield break;
        }

        var wrapped = StyledLines(value, Math.Max(20, width - Label - 2));
        for (var i = 0; i < wrapped.Count; i++)
        {
            yield return $"  {ink.Dim(CellWidth.Pad(i == 0 ? name : "", Label))}{wrapped[i]}";
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

    private static List<string> StyledLines(string value, int width) =>
        [.. Markdown.StyledText.Wrap([new Markdown.Span(SafeText.Line(value), Look.Plain)], width).Select(line => string.Concat(line.Select(span => span.Text)))];
}
