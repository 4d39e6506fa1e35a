using System.Globalization;
using System.Text.RegularExpressions;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>
/// What stands for a dashboard's variables in its queries: values the caller gave, else those the dashboard was saved with, and Grafana's
/// own (<c>$__interval</c>, <c>$__range</c>...). What cannot be replaced is said and never guessed.
/// </summary>
internal sealed partial class PanelVariables
{
    private readonly Dictionary<string, DashboardVariable> _variables;
    private readonly Dictionary<string, string> _builtIn = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];

    private PanelVariables(Dictionary<string, DashboardVariable> variables) => _variables = variables;

    /// <summary>What was assumed on the way.</summary>
    public IReadOnlyList<string> Notes => [.. _notes.Distinct(StringComparer.Ordinal)];

    /// <param name="dashboard">Whose variables they are.</param>
    /// <param name="given">As <c>name=value</c>, repeated for several values.</param>
    /// <exception cref="ToolException">One is not of that form, or the dashboard has no such variable.</exception>
    public static PanelVariables Of(Dashboard dashboard, IReadOnlyList<string> given)
    {
        var variables = dashboard.Variables.DistinctBy(variable => variable.Name, StringComparer.Ordinal).ToDictionary(variable => variable.Name, StringComparer.Ordinal);
        foreach (var group in given.Select(Split).GroupBy(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal))
        {
            variables[group.Key] = variables.TryGetValue(group.Key, out var known)
                ? known with { Values = [.. group.Select(value => value == "All" && known.Many ? DashboardVariable.All : value)] }
                : throw new ToolException($"The dashboard has no variable {group.Key}; it has {(variables.Count == 0 ? "none" : string.Join(", ", variables.Keys))}.");
        }

        return new PanelVariables(variables);
    }

    /// <summary>The window and the distance of points that queries from here on are asked with.</summary>
    public void SetTimes(TimeRange range, TimeSpan interval, TimeSpan rateInterval)
    {
        _builtIn["__interval"] = TimeExpression.Format(interval);
        _builtIn["__interval_ms"] = Whole(interval.TotalMilliseconds);
        _builtIn["__rate_interval"] = TimeExpression.Format(rateInterval);
        _builtIn["__rate_interval_ms"] = Whole(rateInterval.TotalMilliseconds);
        _builtIn["__auto_interval"] = TimeExpression.Format(interval);
        _builtIn["__range"] = Whole(range.Length.TotalSeconds) + "s";
        _builtIn["__range_s"] = Whole(range.Length.TotalSeconds);
        _builtIn["__range_ms"] = Whole(range.Length.TotalMilliseconds);
        _builtIn["__from"] = Whole(range.From.ToUnixTimeMilliseconds());
        _builtIn["__to"] = Whole(range.To.ToUnixTimeMilliseconds());
    }

    /// <summary>Every variable with its values, as an address takes them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> InAddress() =>
        [.. _variables.Values.SelectMany(variable => variable.Values.Select(value => new KeyValuePair<string, string>(variable.Name, value)))];

    /// <summary>Replaces what can be replaced.</summary>
    /// <param name="text">A query, or a part of one.</param>
    /// <returns>The text, and the references left in it.</returns>
    public (string Text, IReadOnlyList<string> Left) Replace(string text)
    {
        var left = new List<string>();
        var replaced = Reference().Replace(text, match =>
        {
            var name = match.Groups["name"].Value;
            var value = match.Groups["field"].Success ? null : ValueOf(name, match.Groups["format"] is { Success: true } format ? format.Value : null);
            if (value is null && !char.IsAsciiDigit(name[0]))
            {
                left.Add(match.Value);
            }

            return value ?? match.Value;
        });
        return (replaced, [.. left.Distinct(StringComparer.Ordinal)]);
    }

    private string? ValueOf(string name, string? format)
    {
        if (_builtIn.TryGetValue(name, out var own))
        {
            return format is null or "raw" ? own : null;
        }

        if (!_variables.TryGetValue(name, out var variable) || variable.Values.Count == 0)
        {
            return null;
        }

        if (variable.Values.Any(value => value.StartsWith("$__auto_interval", StringComparison.Ordinal)))
        {
            return _builtIn.GetValueOrDefault("__auto_interval");
        }

        if (!variable.Values.Contains(DashboardVariable.All, StringComparer.Ordinal))
        {
            return VariableFormat.Write(variable.Values, variable.Many, format);
        }

        if (variable.AllValue is { } all)
        {
            return all; // As its author wrote it; never escaped.
        }

        if (variable.Options.Count > 0)
        {
            return VariableFormat.Write(variable.Options, many: true, format);
        }

        _notes.Add($"All of {name} was asked as .*, since the dashboard does not list its values.");
        return ".*";
    }

    private static (string Name, string Value) Split(string pair) =>
        pair.IndexOf('=', StringComparison.Ordinal) is var at and > 0
            ? (pair[..at].Trim().TrimStart('$'), pair[(at + 1)..].Trim())
            : throw new ToolException($"'{pair}' is not a variable; write name=value, such as job=checkout.");

    private static string Whole(double number) => Math.Round(number).ToString("0", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$\{(?<name>\w+)(\.(?<field>[^:}]+))?(:(?<format>[^}]+))?\}|\[\[(?<name>\w+)(:(?<format>\w+))?\]\]|\$(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 250)]
    private static partial Regex Reference();
}
