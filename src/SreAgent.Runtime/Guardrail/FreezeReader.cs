using System.Globalization;
using System.Text.RegularExpressions;
using SreAgent.Core.Policy;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Reads a freeze from settings.</summary>
internal static partial class FreezeReader
{
    private static readonly string[] LocalFormats = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    public static Freeze? Read(string name, FreezeOptions options, List<string> problems)
    {
        var path = $"Guardrails:Freezes:{name}";
        var before = problems.Count;
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out var zone))
        {
            problems.Add($"{path}:TimeZone is '{options.TimeZone}'; it takes an IANA name such as Europe/Paris or UTC.");
        }

        var weekly = options.Weekly is null ? null : Weekly(options.Weekly, path, problems);
        var from = Local(options.From, $"{path}:From", problems);
        var to = Local(options.To, $"{path}:To", problems);
        if (options.Weekly is null && (options.From is null || options.To is null))
        {
            problems.Add($"{path} takes either From and To, or Weekly.");
        }
        else if (from >= to)
        {
            problems.Add($"{path}:From is not before To.");
        }

        return problems.Count > before ? null : new Freeze { Name = name, TimeZone = zone!, From = from, To = to, Weekly = weekly };
    }

    private static DateTime? Local(string? text, string path, List<string> problems)
    {
        if (text is null)
        {
            return null;
        }

        if (DateTime.TryParseExact(text, LocalFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment))
        {
            return moment;
        }

        problems.Add($"{path} is '{text}'; it takes a local moment such as 2026-12-24T18:00.");
        return null;
    }

    private static WeeklySpan? Weekly(string text, string path, List<string> problems)
    {
        if (WeeklyShape().Match(text) is { Success: true } match
            && Day(match.Groups["fromDay"].Value) is { } fromDay && Day(match.Groups["toDay"].Value) is { } toDay
            && TimeOnly.TryParseExact(match.Groups["fromTime"].Value, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var fromTime)
            && TimeOnly.TryParseExact(match.Groups["toTime"].Value, "H:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var toTime))
        {
            return new WeeklySpan(fromDay, fromTime, toDay, toTime);
        }

        problems.Add($"{path}:Weekly is '{text}'; it takes a span such as Fri 16:00 - Mon 08:00.");
        return null;
    }

    private static DayOfWeek? Day(string text)
    {
        var days = Enum.GetValues<DayOfWeek>().Where(day => text.Length >= 3 && day.ToString().StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToArray();
        return days is [var day] ? day : null;
    }

    [GeneratedRegex(@"^\s*(?<fromDay>[A-Za-z]+)\s+(?<fromTime>\d{1,2}:\d{2})\s*(-|–|to)\s*(?<toDay>[A-Za-z]+)\s+(?<toTime>\d{1,2}:\d{2})\s*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex WeeklyShape();
}
