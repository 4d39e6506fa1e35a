using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>
/// Error lines in an application's logs, before and since. A few are normal and instances that are replaced drop connections, so what decides
/// is whether there are clearly more of them than before, as two Poisson rates; kinds never seen before are named.
/// </summary>
internal static partial class ErrorLines
{
    private const int Limit = 500;
    private const int KindsKept = 200;

    // Fewer are shown, and judge nothing.
    private const int Least = 5;

    private const string Name = "error lines";

    public static async Task<LogFigures> CountAsync(IRolloutPlatform platform, string app, TimeRange range, CancellationToken cancellationToken) =>
        (await ReadAsync(platform, app, range, cancellationToken)).Figures;

    public static async Task<VerificationCheck> CompareAsync(
        IRolloutPlatform platform, string app, BeforeFigures before, TimeRange since, CancellationToken cancellationToken)
    {
        var (now, samples) = await ReadAsync(platform, app, since, cancellationToken);
        if (now.Problem is not null)
        {
            return new VerificationCheck(Name, VerificationVerdict.Unverified, $"the logs could not be read: {now.Problem}");
        }

        var kinds = before.Logs.Kinds.ToHashSet(StringComparer.Ordinal);
        var unseen = samples.Where(sample => !kinds.Contains(sample.Key)).Select(sample => sample.Value).ToArray();
        var shown = unseen.Length == 0 || before.Logs.Problem is not null ? "" : $" Not seen before: {string.Join(" | ", unseen.Take(3).Select(Shortened))}{(unseen.Length > 3 ? " | …" : "")}";
        var after = $"{(now.Cut ? "at least " : "")}{now.Errors} in {TimeExpression.Format(Whole(since.Length))} since";
        if (before.Logs.Problem is { } problem)
        {
            return now.Errors == 0
                ? new VerificationCheck(Name, VerificationVerdict.Passed, $"none in {TimeExpression.Format(Whole(since.Length))} since (those before could not be read: {problem})")
                : new VerificationCheck(Name, VerificationVerdict.Unverified, $"{after}; those before could not be read, so nobody can say whether that is more: {problem}");
        }

        var length = before.To - before.From;
        var share = since.Length / (since.Length + length);
        var p = CountStatistics.BinomialUpperTail(before.Logs.Errors + now.Errors, share, now.Errors);
        var more = now.Errors >= Least && p <= SliComparison.EarlyLevel;
        return new VerificationCheck(
            Name, more ? VerificationVerdict.Failed : VerificationVerdict.Passed,
            string.Create(CultureInfo.InvariantCulture, $"{after}, {(before.Logs.Cut ? "at least " : "")}{before.Logs.Errors} in {TimeExpression.Format(Whole(length))} before{(more ? $": clearly more (p = {Math.Max(p, 0.0001):0.####})" : "")}.{shown}"));
    }

    public static bool IsError(LogLine line) =>
        line.Level.ToLowerInvariant() is "error" or "err" or "fatal" or "critical" or "crit" or "panic" or "alert" or "emerg" or "emergency"
        || SaysError().IsMatch(line.Text);

    private static async Task<(LogFigures Figures, Dictionary<string, string> Samples)> ReadAsync(
        IRolloutPlatform platform, string app, TimeRange range, CancellationToken cancellationToken)
    {
        var samples = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var lines = await platform.LogsAsync(app, range, Limit, cancellationToken);
            var errors = lines.Where(line => line.At >= range.From && line.At <= range.To && IsError(line)).ToArray();
            foreach (var line in errors)
            {
                samples.TryAdd(KindOf(line.Text), line.Text);
            }

            return (new LogFigures(errors.Length, [.. samples.Keys.Take(KindsKept)], lines.Count >= Limit, null), samples);
        }
        catch (ToolException exception)
        {
            return (new LogFigures(0, [], Cut: false, exception.Message), samples);
        }
    }

    /// <summary>Lines that differ in numbers and ids alone are of one kind.</summary>
    private static string KindOf(string text)
    {
        var general = Particular().Replace(text, "#");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(general)))[..16];
    }

    private static string Shortened(string text) => text.Length > 160 ? text[..160] + "…" : text;

    private static TimeSpan Whole(TimeSpan length) => TimeSpan.FromSeconds(Math.Max(1, Math.Round(length.TotalSeconds)));

    /// <summary>Platforms label what they do not parse as info; these are the marks common loggers and runtimes leave in the line itself.</summary>
    [GeneratedRegex(@"""(level|severity|lvl)""\s*:\s*""(error|err|fatal|critical|panic)""|\blevel=(error|err|fatal|critical|panic)\b|\b(ERROR|FATAL|CRITICAL|PANIC)\b|^panic: |^Traceback \(most recent|^Unhandled exception", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex SaysError();

    [GeneratedRegex(@"0x[0-9a-fA-F]+|\b[0-9a-fA-F]{8,}\b|\d+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 200)]
    private static partial Regex Particular();
}
