using System.Text.RegularExpressions;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>What runs of a service, and what it says.</summary>
internal sealed partial class FleetFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("status of checkout", "its release, image and machines with their checks"),
        new("releases of checkout", "newest first, with images"),
        new("logs of checkout in the last 10m", "its newest log lines"),
    ];

    public Request? Recognise(string text)
    {
        var (rest, window) = SpokenWindow.TakeFrom(text);
        return Asked().Match(rest) is not { Success: true } match ? null : match.Groups["what"].Value.ToLowerInvariant() switch
        {
            "status" => new FleetStatusRequest(match.Groups["service"].Value),
            "releases" or "deploys" => new ReleasesRequest(match.Groups["service"].Value),
            _ => new LogsRequest(match.Groups["service"].Value, window),
        };
    }

    [GeneratedRegex(@"^(show |what('s| is| are) )?(me )?(the )?(?<what>status|releases|deploys|logs)\s+(of|for|from)\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal sealed record FleetStatusRequest(string Service) : Request
{
    public override Reply Next(Exchange exchange) => exchange.OnceAbout(Service, PlannedCall.Of("fly_status", ("app", FleetWording.AppOf(exchange, Service))), step =>
    {
        var machines = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "machines")).ToArray();
        var lines = machines.Select(machine =>
        {
            string[] checks = [.. ToolAnswer.Items(ToolAnswer.Child(machine, "checks")).Select(check => check.ToString())];
            return $"`{ToolAnswer.Text(machine, "id")}` in {ToolAnswer.Text(machine, "region")}: {ToolAnswer.Text(machine, "state")}, `{FleetWording.Brief(ToolAnswer.Text(machine, "image"))}`, {(checks.Length > 0 ? string.Join(", ", checks) : "no checks")}";
        });
        var release = ToolAnswer.Child(step.Result.Data, "release");
        var warnings = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "warnings")).Select(warning => warning.ToString()).ToArray();
        return Wording.Cut(step.Result)
            ?? $"**{exchange.NameOf(Service)}** runs {(ToolAnswer.Text(step.Result.Data, "image") is { } image ? $"`{FleetWording.Brief(image)}`" : "no single image")}"
                + $"{(ToolAnswer.Text(release, "id") is { } named ? $"; newest release {named}, {ToolAnswer.Text(release, "status")}{FleetWording.By(ToolAnswer.Text(release, "by"))} at {Wording.Moment(ToolAnswer.Text(release, "createdAt"))}" : "")}; {Wording.Count(machines.Length, "machine")}:"
                + $"{Wording.List(lines, machines.Length, 20)}{(warnings.Length > 0 ? $"\n\nTo notice:{Wording.List(warnings, warnings.Length, 10)}" : "")}{Wording.Evidence(step.Result)}";
    });
}

internal sealed record ReleasesRequest(string Service) : Request
{
    public override Reply Next(Exchange exchange) => exchange.OnceAbout(Service, PlannedCall.Of("fly_list_releases", ("app", FleetWording.AppOf(exchange, Service))), step =>
    {
        var releases = Listed.In(step.Result, ListNames.Releases).Reverse().ToArray();
        var target = ToolAnswer.Text(step.Result.Data, "rollbackTarget") is { } to ? $"\n\n`roll back {exchange.NameOf(Service)}` would go to {to}." : "\n\nThere is no earlier image to roll back to.";
        return Wording.Cut(step.Result) ?? $"Releases of **{exchange.NameOf(Service)}**, newest first:{Wording.List(releases.Select(release => $"{Wording.Moment(release.At.ToString("O"))} {FleetWording.Release(release)}"), releases.Length, 15)}{target}{Wording.Evidence(step.Result)}";
    });
}

internal sealed partial record LogsRequest(string Service, SpokenWindow Window) : Request
{
    public override Reply Next(Exchange exchange)
    {
        var app = FleetWording.AppOf(exchange, Service);
        var call = Window.Given ? PlannedCall.Of("fly_get_logs", ("app", app), ("since", Window.From)) : PlannedCall.Of("fly_get_logs", ("app", app));
        return exchange.OnceAbout(Service, call, step =>
        {
            var lines = Listed.In(step.Result, ListNames.Lines);
            var said = Alike(lines);
            return Wording.Cut(step.Result)
                ?? $"{Wording.Count(lines.Count, "log line")} of **{exchange.NameOf(Service)}**{(Window.Given ? $" over {Window.Words}" : "")}, those alike together, newest last:{Wording.List(said, said.Length, 25)}{Wording.Evidence(step.Result)}";
        });
    }

    /// <summary>Lines that differ in figures only, as one with how often: a flood of one error hides the other.</summary>
    private static string[] Alike(IReadOnlyList<Listed> lines) =>
    [
        .. lines.GroupBy(line => $"{line.Text("level")} {Figures().Replace(line.Text("text") ?? "", "0")}", StringComparer.Ordinal).OrderBy(group => group.Last().At).TakeLast(25)
            .Select(group => $"{group.Last().At.UtcDateTime:HH:mm:ss} {group.Last().Text("level")} `{group.Last().Text("text")}`{(group.Count() > 1 ? $" ({group.Count()} times since {group.First().At.UtcDateTime:HH:mm:ss})" : "")}"),
    ];

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Figures();
}

internal static class FleetWording
{
    /// <summary>As the platform names it; the service's own name where the catalogue does not say.</summary>
    public static string AppOf(Exchange exchange, string service) => exchange.Services.Find(service) is { } known ? known.FlyApp ?? known.Name : service;

    public static string NameOf(Listed release) => release.Text("id") ?? "a release";

    /// <summary>The tag of an image, or the first digits of its digest: a full reference is for a machine to read.</summary>
    public static string Brief(string? image) => image is null ? "unknown image" : ImageReference.TryParse(image, out var reference) ? reference!.Brief : image; // Parsed, so it is there.

    public static string Image(Listed release) => Brief(release.Text("image"));

    public static string By(string? who) => string.IsNullOrEmpty(who) ? "" : $", by {who}";

    public static string Release(Listed release) => $"release **{NameOf(release)}** {release.Text("status")}, image `{Image(release)}`{By(release.Text("by"))}";
}
