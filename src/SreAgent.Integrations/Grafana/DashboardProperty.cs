using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>Reads one value out of a dashboard: <c>panels[0].targets[0].expr</c>, <c>templating.list[*].name</c>.</summary>
internal static partial class DashboardProperty
{
    private const int Named = 20;

    /// <exception cref="ToolException">There is nothing at that path; says how far it leads and what is there.</exception>
    public static JsonElement Read(JsonElement dashboard, string path)
    {
        var text = path.Trim();
        text = text.StartsWith('$') ? text[1..] : text;
        if (text.Length > 0 && text[0] is not ('.' or '['))
        {
            text = "." + text;
        }

        if (!Form().IsMatch(text))
        {
            throw new ToolException($"'{path}' is not a path; write names with dots and positions in brackets, such as panels[0].title or panels[*].id.");
        }

        IReadOnlyList<JsonElement> at = [dashboard];
        var many = false;
        var gone = "the dashboard";
        foreach (Match step in Step().Matches(text))
        {
            var next = at.SelectMany(one => Follow(one, step)).ToArray();
            if (next.Length == 0)
            {
                throw new ToolException($"Nothing is at {step.Value} of {gone}; {Inside(at)}.");
            }

            many |= step.Groups["all"].Success;
            at = next;
            gone = gone == "the dashboard" ? step.Value.TrimStart('.') : gone + step.Value;
        }

        return many ? JsonSerializer.SerializeToElement([.. at], GrafanaJson.Default.JsonElementArray) : at[0];
    }

    private static IEnumerable<JsonElement> Follow(JsonElement json, Match step) =>
        step.Groups["name"] is { Success: true } name ? json.Member(name.Value) is { ValueKind: not JsonValueKind.Undefined } member ? [member] : []
        : json.ValueKind != JsonValueKind.Array ? []
        : step.Groups["all"].Success ? json.EnumerateArray()
        : int.TryParse(step.Groups["at"].ValueSpan, CultureInfo.InvariantCulture, out var position) && position < json.GetArrayLength() ? [json[position]]
        : [];

    private static string Inside(IReadOnlyList<JsonElement> at) => at[0].ValueKind switch
    {
        JsonValueKind.Object => $"it has {string.Join(", ", at[0].EnumerateObject().Select(property => property.Name).Take(Named))}",
        JsonValueKind.Array => $"it is a list of {at[0].GetArrayLength()}, counted from 0",
        _ => "it is a single value",
    };

    [GeneratedRegex(@"\A(\.[A-Za-z0-9_$:-]+|\[(\d{1,6}|\*)\])*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Form();

    [GeneratedRegex(@"\.(?<name>[A-Za-z0-9_$:-]+)|\[(?<at>\d+)\]|\[(?<all>\*)\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Step();
}
