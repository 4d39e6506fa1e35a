using System.Globalization;
using Quartz;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Schedules;

/// <summary>Turns one schedule's settings into a schedule. What is wrong is reported with its path and leaves it out.</summary>
internal static class ReviewScheduleReader
{
    private const int CrontabFields = 5;

    public static ReviewSchedule? Read(string name, ReviewScheduleOptions options, List<string> problems)
    {
        var path = $"{ReviewScheduleOptions.Section}:{name}";
        var before = problems.Count;
        var zone = Zone(options.TimeZone, $"{path}:TimeZone", problems);
        var due = Due(options.Cron, $"{path}:Cron", problems);
        foreach (var repository in options.Repositories.Where(repository => RepositorySubject.TryParse(repository) is not { Reference: null, PullRequest: null }))
        {
            problems.Add($"{path}:Repositories has '{repository}'; it takes owner/name.");
        }

        if (options.Repositories.Count == 0 && string.IsNullOrWhiteSpace(options.Search))
        {
            problems.Add($"{path} reviews nothing: name Repositories (owner/name), or a Search such as 'org:acme archived:false'.");
        }

        var pullRequests = Flag(options.PullRequests, $"{path}:PullRequests", problems);
        var post = Flag(options.Post, $"{path}:Post", problems);
        if (post && !pullRequests)
        {
            problems.Add($"{path}:Post is true and PullRequests is not: comments are kept on pull requests. Set PullRequests to true, or leave Post out.");
        }

        var repositories = Number(options.MaxRepositories, 1000, $"{path}:MaxRepositories", problems);
        var pulls = Number(options.MaxPullRequests, 1000, $"{path}:MaxPullRequests", problems);
        var minutes = Number(options.MaxMinutes, 1440, $"{path}:MaxMinutes", problems);
        return problems.Count > before || zone is null || due is null
            ? null
            : new ReviewSchedule(name, due.WithTimeZone(zone), options.TimeZone)
            {
                Persona = string.IsNullOrWhiteSpace(options.Persona) ? null : options.Persona,
                Repositories = [.. options.Repositories.Distinct(StringComparer.OrdinalIgnoreCase)],
                Search = string.IsNullOrWhiteSpace(options.Search) ? null : options.Search.Trim(),
                PullRequests = pullRequests,
                Post = post,
                MaxRepositories = repositories,
                MaxPullRequests = pulls,
                Longest = TimeSpan.FromMinutes(minutes),
            };
    }

    private static TimeZoneInfo? Zone(string name, string path, List<string> problems)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone))
        {
            return zone;
        }

        problems.Add($"{path} is '{name}', which this machine does not know; it takes a name such as Europe/Berlin or UTC.");
        return null;
    }

    private static CronExpression? Due(string? text, string path, List<string> problems)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            problems.Add($"{path} is required: five fields as in a crontab, such as '0 7 * * MON' for Mondays at seven.");
            return null;
        }

        var format = trimmed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == CrontabFields ? CronFormat.Unix : CronFormat.Quartz;
        try
        {
            return CronExpression.Parse(trimmed, format);
        }
        catch (FormatException exception)
        {
            problems.Add($"{path} is '{trimmed}', which is no cron expression: {exception.Message}");
            return null;
        }
    }

    private static bool Flag(string text, string path, List<string> problems)
    {
        if (!bool.TryParse(text, out var value))
        {
            problems.Add($"{path} is '{text}'; it takes true or false.");
        }

        return value;
    }

    private static int Number(string text, int highest, string path, List<string> problems)
    {
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value < 1 || value > highest)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path} is '{text}'; it takes a whole number from 1 to {highest}."));
        }

        return value;
    }
}
