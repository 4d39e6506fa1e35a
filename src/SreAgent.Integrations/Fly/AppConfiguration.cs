using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Toml;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Fly.Toml;

namespace SreAgent.Integrations.Fly;

/// <summary>
/// How an application's deploys are meant to go. Deploys here change the image only: the configuration that applies is the newest
/// release's. The file of the settings is read for its [deploy] section and checked; it is not deployed.
/// </summary>
/// <param name="File">fly.toml of the service. Null when the catalogue names none.</param>
/// <param name="FilePath">Where it is.</param>
/// <param name="Released">The definition the newest release keeps. Null when there is none, or it could not be read.</param>
/// <param name="Gap">Why <paramref name="Released"/> could not be read. Null when it could.</param>
internal sealed record AppConfiguration(FlyToml? File, string? FilePath, FlyToml? Released, string? Gap)
{
    private static readonly FlyToml Nothing = new();

    public FlyToml Effective => File ?? Released ?? Nothing;

    /// <summary>What runs before any machine is touched. Only the released one ever runs.</summary>
    public string? ReleaseCommand => Released is null ? File?.ReleaseCommand : Released.ReleaseCommand;

    /// <summary>Whether it is certain what would run before any machine is touched.</summary>
    public bool IsKnown => Gap is null || File is not null;

    public string Source => File is not null ? FilePath! : Released is not null ? "the newest release's own definition" : "Fly's defaults, since no configuration is known";

    public IEnumerable<PreflightCheck> Checks() =>
        File is null ? [] : [new PreflightCheck("fly.toml", File.Problems.Count == 0, $"{FilePath}: {(File.Problems.Count == 0 ? File.ToString() : string.Join(' ', File.Problems))}")];

    public IEnumerable<PlanFact> Facts()
    {
        yield return new PlanFact("settings", $"{Effective}, as {Source} says. Only the image changes; configuration stays as the newest release has it.") { IsMinor = true };
        if (Gap is not null)
        {
            yield return new PlanFact("release definition", $"Could not be looked at: {Gap}");
        }
        else if (File is not null && Released is not null && !string.Equals(File.ReleaseCommand, Released.ReleaseCommand, StringComparison.Ordinal))
        {
            yield return new PlanFact("release command", $"{FilePath} says {File.ReleaseCommand ?? "none"}, the newest release {Released.ReleaseCommand ?? "none"}; the release's applies.");
        }
    }
}

internal sealed class AppConfigurations(IFlyWebApi web, IServiceCatalogue services)
{
    private const int LargestFile = 1 << 20;

    public async Task<AppConfiguration> OfAsync(string app, CancellationToken cancellationToken)
    {
        var path = services.All.FirstOrDefault(service => string.Equals(service.FlyApp, app, StringComparison.Ordinal) && service.FlyToml is not null)?.FlyToml;
        var file = path is null ? null : await ReadAsync(path, app, cancellationToken);
        try
        {
            var definition = await web.DefinitionAsync(app, cancellationToken);
            return new AppConfiguration(file, path, definition is { } json && TomlValue.From(json) is TomlTable table ? FlyToml.Read(table) : null, Gap: null);
        }
        catch (ToolException e)
        {
            return new AppConfiguration(file, path, Released: null, e.Message);
        }
    }

    private static async Task<FlyToml> ReadAsync(string path, string app, CancellationToken cancellationToken)
    {
        try
        {
            if (new FileInfo(path) is { Length: > LargestFile })
            {
                return Broken("is larger than 1 MB.");
            }

            var toml = FlyToml.Parse(await System.IO.File.ReadAllTextAsync(path, cancellationToken));
            return toml.App is null || string.Equals(toml.App, app, StringComparison.Ordinal) ? toml : toml with { Problems = [.. toml.Problems, $"it is of the application '{toml.App}', not of '{app}'."] };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Broken($"cannot be read ({e.GetType().Name}).");
        }

        static FlyToml Broken(string problem) => new() { Problems = [problem] };
    }
}
