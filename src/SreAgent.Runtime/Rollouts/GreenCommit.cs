using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Code;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Whether lint, tests and build are green for what goes out (G9). What nobody knows is not green.</summary>
internal sealed class GreenCommit(IEnumerable<ICodeHost> codeHosts, PreflightCommand command)
{
    private const string Name = "lint, tests and build green";
    private const int Shown = 8;

    private readonly ICodeHost? _codeHost = codeHosts.FirstOrDefault();

    public async Task<PreflightCheck> CheckAsync(Service service, ImageDescription image, CancellationToken cancellationToken)
    {
        if (!service.Rollouts.RequireGreen)
        {
            return new PreflightCheck(Name, Passed: true, $"not required by settings (Services:{service.Name}:Rollouts:RequireGreen)");
        }

        if (service.Rollouts.Preflight.Count > 0)
        {
            var run = await command.RunAsync(service, image, cancellationToken);
            return new PreflightCheck(Name, run.Passed, run.Detail);
        }

        if (image.Commit is not { } commit)
        {
            return Unknown($"the image carries no label {ImageDescription.CommitLabel}, so nobody can say which commit it was built from. Set the label when building, or give Services:{service.Name}:Rollouts:Preflight.");
        }

        if (_codeHost is null)
        {
            return Unknown($"no code host is configured that could say so for {CommitFacts.Brief(commit)}. Set Integrations:GitHub, or Services:{service.Name}:Rollouts:Preflight.");
        }

        if (service.Repository is not { } repository)
        {
            return Unknown($"Services:{service.Name}:Repository is not set, so the checks of {CommitFacts.Brief(commit)} cannot be asked for.");
        }

        try
        {
            return Judge(await _codeHost.ChecksAsync(repository, commit, cancellationToken), repository);
        }
        catch (ToolException exception)
        {
            return Unknown($"the checks of {CommitFacts.Brief(commit)} could not be asked for. {exception.Message}");
        }
    }

    private PreflightCheck Judge(CommitChecks checks, string repository)
    {
        var where = $"{CommitFacts.Brief(checks.Commit)} of {repository} on {_codeHost!.Name}{(checks.Link is null ? "" : $" ({checks.Link})")}"; // Asked just now.
        if (checks.IsGreen)
        {
            return new PreflightCheck(Name, Passed: true, $"all {checks.Checks.Count} checks of {where} passed: {List(checks.Checks)}");
        }

        var notPassed = checks.Checks.Where(check => check.State != CheckState.Passed).ToArray();
        return checks.Checks.Count == 0
            ? Unknown($"{where} has no checks at all.")
            : new PreflightCheck(Name, Passed: false, $"{notPassed.Length} of {checks.Checks.Count} checks of {where} have not passed: {string.Join(", ", notPassed.Take(Shown).Select(check => $"{check.Name} ({check.State.ToString().ToLowerInvariant()})"))}.");
    }

    private static string List(IReadOnlyList<CommitCheck> checks) => string.Join(", ", checks.Take(Shown).Select(check => check.Name)) + (checks.Count > Shown ? ", …" : "");

    private static PreflightCheck Unknown(string why) => new(Name, Passed: false, $"unknown is not green: {why}");
}
