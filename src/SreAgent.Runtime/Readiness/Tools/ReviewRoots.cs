using Microsoft.Extensions.Configuration;
using SreAgent.Core.Integrations;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Readiness.Trees;

namespace SreAgent.Runtime.Readiness.Tools;

/// <summary>
/// Folders a model or an outside client may have reviewed: below <c>Reviews:Roots</c>, or without any below the folder this was started in. A
/// person at the command line may review whatever they can read.
/// </summary>
internal sealed class ReviewRoots : ISettingsCheck
{
    public const string Section = "Reviews:Roots";

    private readonly string[] _configured;
    private readonly string _working;

    public ReviewRoots(IConfiguration configuration, string working)
    {
        _configured = [.. configuration.GetSection(Section).GetChildren().Select(child => child.Value).OfType<string>()];
        _working = working;
        Problems = [.. _configured.Where(root => !Path.IsPathFullyQualified(root)).Select(root => $"{Section}: '{root}' must be an absolute path.")];
    }

    public IReadOnlyList<string> Problems { get; }

    /// <summary>The subject as it may be opened: a folder by where it really is, so that nothing can be put in its place afterwards.</summary>
    /// <exception cref="ToolException">It lies outside; says what may be reviewed.</exception>
    public string Allowed(string subject)
    {
        if (string.IsNullOrWhiteSpace(subject) || subject.Contains('\0', StringComparison.Ordinal))
        {
            throw Refusal("");
        }

        if (!Path.Exists(Path.GetFullPath(subject, _working)))
        {
            // Told apart from a folder only where a repository could be meant: whether other paths exist is nobody's business here.
            return RepositorySubject.TryParse(subject) is not null ? subject : throw Refusal(subject);
        }

        var real = RealPath.Of(Path.GetFullPath(subject, _working));
        return Roots().Any(root => IsWithin(real, root)) ? real : throw Refusal(subject);
    }

    public bool Allows(string subject)
    {
        try
        {
            return Allowed(subject).Length > 0;
        }
        catch (ToolException)
        {
            return false;
        }
    }

    private IEnumerable<string> Roots()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var given = _configured.Length > 0 ? _configured.Where(Directory.Exists)

            // Started in a home or at the root of everything, the folder says nothing about what is meant to be seen.
            : _working == Path.GetPathRoot(_working) || (home.Length > 0 && IsWithin(RealPath.Of(home), RealPath.Of(_working))) ? []
            : [_working];
        return given.Select(RealPath.Of);
    }

    private ToolException Refusal(string subject) => new(
        $"'{subject}' is no folder that may be reviewed from here. {(_configured.Length > 0 ? $"Only what lies below {string.Join(", ", _configured)} is ({Section})." : $"Only what lies below the folder sre-agent was started in is, unless that is a home folder; {Section} names others.")} A repository is written owner/repo, owner/repo@ref or owner/repo#12.");

    private static bool IsWithin(string path, string root) =>
        path == root || path.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
