using System.Text.RegularExpressions;

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
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("fly_status", ("app", FleetWording.AppOf(exchange, Service))), step =>
    {
        var machines = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "machines")).ToArray();
        var lines = machines.Select(machine =>
        {
            var checks = ToolAnswer.Items(ToolAnswer.Child(machine, "checks")).Select(check => $"{ToolAnswer.Text(check, "name")} {ToolAnswer.Text(check, "status")}").ToArray();
            return $"`{ToolAnswer.Text(machine, "id")}` in {ToolAnswer.Text(machine, "region")}: {ToolAnswer.Text(machine, "state")}, {ToolAnswer.Text(machine, "image")}{(checks.Length > 0 ? $" ({string.Join(", ", checks)})" : "")}";
        });
        var release = ToolAnswer.Child(step.Result.Data, "release");
        var named = ToolAnswer.Text(release, "id") ?? ToolAnswer.Text(release, "version") ?? (release.ValueKind == System.Text.Json.JsonValueKind.String ? release.GetString() : null);
        return Wording.Cut(step.Result)
            ?? $"**{exchange.NameOf(Service)}**{(named is null ? "" : $" is at release {named}")}{(ToolAnswer.Text(step.Result.Data, "image") is { } image ? $", image `{image}`" : "")}; {machines.Length} machines:"
                + $"{Wording.List(lines, machines.Length, 20)}{Wording.Evidence(step.Result)}";
    });
}

internal sealed record ReleasesRequest(string Service) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("fly_list_releases", ("app", FleetWording.AppOf(exchange, Service))), step =>
    {
        var releases = Listed.In(step.Result, ListNames.Releases).Reverse().ToArray();
        return Wording.Cut(step.Result) ?? $"Releases of **{exchange.NameOf(Service)}**:{Wording.List(releases.Select(release => $"{Wording.Moment(release.At.ToString("O"))} {FleetWording.Release(release)}"), releases.Length, 15)}{Wording.Evidence(step.Result)}";
    });
}

internal sealed record LogsRequest(string Service, SpokenWindow Window) : Request
{
    public override Reply Next(Exchange exchange)
    {
        var app = FleetWording.AppOf(exchange, Service);
        var call = Window.Given ? PlannedCall.Of("fly_get_logs", ("app", app), ("since", Window.From)) : PlannedCall.Of("fly_get_logs", ("app", app));
        return exchange.Once(call, step =>
        {
            var lines = Listed.In(step.Result, ListNames.Lines);
            return Wording.Cut(step.Result)
                ?? $"Newest log lines of **{exchange.NameOf(Service)}**{(Window.Given ? $" over {Window.Words}" : "")}:{Wording.List(lines.TakeLast(25).Select(line => $"{line.At.UtcDateTime:HH:mm:ss} {line.Text("level")} `{line.Text("text", "message")}`"), lines.Count, 25)}{Wording.Evidence(step.Result)}";
        });
    }
}

internal static class FleetWording
{
    /// <summary>As the platform names it; the service's own name where the catalogue does not say.</summary>
    public static string AppOf(Exchange exchange, string service) => exchange.Services.Find(service) is { } known ? known.FlyApp ?? known.Name : service;

    public static string NameOf(Listed release) => release.Text("id", "version", "release") is { } id ? id.StartsWith('v') ? id : $"v{id}" : "a release";

    public static string Release(Listed release) =>
        $"release **{NameOf(release)}** {release.Text("status")}{(release.Text("image.brief", "image", "imageRef") is { } image ? $", image `{image}`" : "")}{(release.Text("by", "user") is { } by ? $", by {by}" : "")}";
}
