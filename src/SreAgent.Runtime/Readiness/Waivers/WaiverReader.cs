using System.Globalization;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Waivers;
using SreAgent.Runtime.Readiness.Readers.Yaml;
using YamlDotNet.Core;

namespace SreAgent.Runtime.Readiness.Waivers;

/// <summary>Reads <c>.sre-agent.yml</c>. What is not understood waives nothing and becomes a finding.</summary>
internal static class WaiverReader
{
    private const int MostWaivers = 200;
    private const int LongestText = 500;

    private static readonly string[] Known = ["question", "finding", "path", "reason", "owner", "expires"];

    public static WaiverFile Read(SourceText text)
    {
        if (Broken(text.Text) is { } why)
        {
            return new WaiverFile([], [Malformed(why.Line, $"It is no YAML ({why.Message}), so nothing is waived. Correct it.")]);
        }

        var waivers = new List<Waiver>();
        var problems = new List<Finding>();
        foreach (var document in YamlText.Read(text).Where(document => document is not YamlScalar { Value.Length: 0 }))
        {
            if (document is not YamlMap map || map["waivers"] is not YamlList list)
            {
                problems.Add(Malformed(document.Line, "It has no list of waivers. Write 'waivers:' and below it one '- question: ID' or '- finding: ID' each."));
                continue;
            }

            problems.AddRange(map.Pairs.Where(pair => pair.Name != "waivers").Select(pair => Malformed(pair.Line, $"'{Shown(pair.Name)}' is not known here and has no effect. Only 'waivers' is.")));
            waivers.AddRange(list.Elements.Take(MostWaivers).Select(item => Read(item, problems)).OfType<Waiver>());
            if (list.Elements.Count > MostWaivers)
            {
                problems.Add(Malformed(list.Elements[MostWaivers].Line, $"Only the first {MostWaivers} waivers are read."));
            }
        }

        return new WaiverFile(waivers, problems);
    }

    /// <summary>Everything that is wrong with it is told; one thing wrong is enough for it not to count.</summary>
    private static Waiver? Read(YamlNode item, List<Finding> problems)
    {
        var wrong = Wrong(item).ToArray();
        problems.AddRange(wrong.Select(what => Malformed(item.Line, what)));
        return wrong.Length > 0 ? null : new Waiver(item.Line, Shown(item.Text("reason")!), Shown(item.Text("owner")!), DateOf(item)!.Value) // Looked for above.
        {
            Question = item.Text("question"),
            Finding = item.Text("finding"),
            Path = item.Text("path"),
        };
    }

    private static IEnumerable<string> Wrong(YamlNode item)
    {
        if (item is not YamlMap map)
        {
            yield return "This is no waiver: it needs question or finding, reason, owner and expires.";
            yield break;
        }

        var name = Shown(map.Text("question") ?? map.Text("finding") ?? "?");
        if ((map.Text("question") is null) == (map.Text("finding") is null))
        {
            yield return "A waiver names either a question or a finding by its id, and not both.";
        }

        foreach (var pair in map.Pairs.Where(pair => !Known.Contains(pair.Name, StringComparer.Ordinal)))
        {
            yield return $"The waiver of {name} has '{Shown(pair.Name)}', which is not known. It takes {string.Join(", ", Known)}.";
        }

        if (map["path"] is not null && map.Text("finding") is null)
        {
            yield return $"The waiver of {name} has a path, which only a waived finding can have.";
        }

        if (string.IsNullOrWhiteSpace(map.Text("reason")))
        {
            yield return $"The waiver of {name} gives no reason, so it does not count. Say why the gap is acceptable.";
        }

        if (string.IsNullOrWhiteSpace(map.Text("owner")))
        {
            yield return $"The waiver of {name} names no owner, so it does not count. Say who answers for it.";
        }

        if (DateOf(map) is null)
        {
            yield return $"The waiver of {name} needs a last day, as in 'expires: 2027-06-30'. Nothing is waived for ever.";
        }
    }

    private static DateOnly? DateOf(YamlNode item) =>
        DateOnly.TryParseExact(item.Text("expires"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

    private static (int Line, string Message)? Broken(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext())
            {
                // Only whether it goes through to the end.
            }

            return null;
        }
        catch (YamlException exception)
        {
            return ((int)Math.Max(1, exception.Start.Line), Shown(exception.Message));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The library's scanner is outside our control, and no file may bring a review down.
            return (1, Shown(exception.Message));
        }
    }

    private static Finding Malformed(int line, string message) => new(WaiverFile.Malformed, FindingSeverity.Medium, message) { Path = Waiver.File, Line = line };

    private static string Shown(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= LongestText ? line : line[..LongestText] + "…";
    }
}
