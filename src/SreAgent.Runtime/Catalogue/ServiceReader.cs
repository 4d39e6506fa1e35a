using System.Globalization;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Catalogue;

/// <summary>Turns one service's settings into a catalogue entry. What is wrong is reported with its path and left out.</summary>
internal static class ServiceReader
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(366);

    public static Service Read(string name, ServiceOptions options, string defaultEnvironment, List<string> problems)
    {
        var path = $"{ServiceOptions.Section}:{name}";
        return new Service
        {
            Name = name,
            Environment = options.Environment ?? defaultEnvironment,
            MetricSelector = options.MetricSelector,
            Owner = options.Owner,
            Runbook = options.Runbook,
            Dashboard = options.Dashboard,
            Repository = options.Repository,
            FlyApp = options.FlyApp,
            FlyToml = options.FlyToml,
            Slos = [.. options.Slos.OrderBy(slo => slo.Key, StringComparer.Ordinal).Select(slo => Slo(name, slo.Key, slo.Value, $"{path}:Slos:{slo.Key}", problems)).OfType<Slo>()],
            Endpoints = [.. options.Endpoints.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => Endpoint(one.Key, one.Value, $"{path}:Endpoints:{one.Key}", problems)).OfType<EndpointExpectation>()],
            Rollouts = Rollouts(options.Rollouts, $"{path}:Rollouts", problems),
        };
    }

    private static Slo? Slo(string service, string name, SloOptions options, string path, List<string> problems)
    {
        var before = problems.Count;
        var objective = Objective(options.Objective, $"{path}:Objective", problems);
        var good = Query(options.Good, $"{path}:Good", problems);
        var total = Query(options.Total, $"{path}:Total", problems);
        if (!TimeExpression.TryParseDuration(options.Window, out var window) || window < ShortestWindow || window > LongestWindow)
        {
            problems.Add($"{path}:Window is '{options.Window}'; it takes a duration from 1h to 366d, such as 30d.");
        }

        return problems.Count > before ? null : new Slo(service, name, objective, good, total, window);
    }

    /// <summary>A share below 1 or a percentage with its sign. A bare 99.9 could be meant as either, and so is refused.</summary>
    private static double Objective(string? text, string path, List<string> problems)
    {
        var trimmed = text?.Trim() ?? "";
        var percent = trimmed.EndsWith('%');
        if (double.TryParse(percent ? trimmed[..^1].TrimEnd() : trimmed, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            switch (percent)
            {
                case true when number is >= 1 and < 100:
                    return number / 100;
                case false when number is > 0 and < 1:
                    return number;
                case false when number is > 1 and < 100:
                    problems.Add($"{path} is '{trimmed}', which could be a share or a percentage; say {trimmed}% or {(number / 100).ToString("0.######", CultureInfo.InvariantCulture)}.");
                    return double.NaN;
                default:
                    break;
            }
        }

        problems.Add(trimmed.Length == 0
            ? $"{path} is required: a share such as 0.999 or a percentage such as 99.9%."
            : $"{path} is '{trimmed}'; it takes a share above 0 and below 1, such as 0.999, or a percentage from 1% to below 100%, such as 99.9%.");
        return double.NaN;
    }

    private static string Query(string? text, string path, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add($"{path} is required: PromQL that counts events over {Core.ServiceLevels.Slo.WindowPlaceholder}.");
        }
        else if (!text.Contains(Core.ServiceLevels.Slo.WindowPlaceholder, StringComparison.Ordinal))
        {
            problems.Add($"{path} must hold {Core.ServiceLevels.Slo.WindowPlaceholder} where the length of the window goes, such as increase(http_requests_total[{Core.ServiceLevels.Slo.WindowPlaceholder}]).");
        }

        return text?.Trim() ?? "";
    }

    private static EndpointExpectation? Endpoint(string name, EndpointOptions options, string path, List<string> problems)
    {
        var before = problems.Count;
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0)
        {
            // The value is not repeated: an address may carry a password.
            problems.Add($"{path}:Url must be an absolute http:// or https:// address without user name or password.");
        }

        var status = Whole(options.Status, 100, 599, $"{path}:Status", problems);
        return problems.Count > before ? null : new EndpointExpectation(name, url!, status, string.IsNullOrEmpty(options.Contains) ? null : options.Contains); // No problem means it was read.
    }

    private static RolloutRules Rollouts(RolloutOptions options, string path, List<string> problems)
    {
        if (!bool.TryParse(options.RequireGreen, out var requireGreen))
        {
            problems.Add($"{path}:RequireGreen must be true or false, not '{options.RequireGreen}'.");
        }

        if (!bool.TryParse(options.RequireReady, out var requireReady))
        {
            problems.Add($"{path}:RequireReady must be true or false, not '{options.RequireReady}'.");
        }

        if (options.Preflight.Count > 0 && string.IsNullOrWhiteSpace(options.Preflight[0]))
        {
            problems.Add($"{path}:Preflight:0 must name the program to run.");
        }

        if (options.PreflightFolder is { } folder && !Directory.Exists(folder))
        {
            problems.Add($"{path}:PreflightFolder names the folder {folder}, which does not exist or cannot be seen by this user.");
        }
        else if (options.PreflightFolder is not null && options.Preflight.Count == 0)
        {
            problems.Add($"{path}:PreflightFolder says where Preflight runs, but there is no Preflight.");
        }

        return new RolloutRules
        {
            RequireGreen = requireGreen,
            RequireReady = requireReady,
            Preflight = [.. options.Preflight],
            PreflightFolder = options.PreflightFolder,
            Soak = TimeSpan.FromSeconds(Whole(options.SoakSeconds, 5, 3_600, $"{path}:SoakSeconds", problems)),
        };
    }

    private static int Whole(string text, int least, int most, string path, List<string> problems)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        problems.Add($"{path} must be a whole number from {least} to {most}, not '{text}'.");
        return least;
    }
}
