using SreAgent.Core.Catalogue;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.GitHub;

/// <summary>A kind of mark left in a repository. Each can be allowed or not, repository by repository.</summary>
internal enum RepositoryWrite
{
    /// <summary>Creating, labelling, closing and reopening issues.</summary>
    Issues = 0,

    /// <summary>Comments on issues and pull requests.</summary>
    Comments,

    /// <summary>Opening pull requests.</summary>
    PullRequests,

    /// <summary>Reviews that comment or request changes.</summary>
    Reviews,

    /// <summary>Check runs and commit statuses.</summary>
    Checks,

    /// <summary>Deployments and their statuses. Workflows that start on a deployment start on these too.</summary>
    Deployments,
}

/// <summary>One entry of <c>Integrations:GitHub:Repositories</c>.</summary>
/// <param name="Pattern"><c>owner/name</c>, with <c>*</c> for any run of characters.</param>
/// <param name="Allowed">Everything unless the entry says otherwise.</param>
internal sealed record RepositoryRule(string Pattern, IReadOnlySet<RepositoryWrite> Allowed)
{
    public static IReadOnlyList<RepositoryRule> ReadAll(SettingsReader settings, string name)
    {
        var section = settings.Section(name);
        return [.. settings.Map(name).Keys.Select(pattern => Read(section, pattern))];
    }

    private static RepositoryRule Read(SettingsReader section, string pattern)
    {
        if (pattern != "*" && pattern.Count(character => character == '/') != 1)
        {
            section.Problem(pattern, "must be owner/name, where * stands for any characters");
        }

        if (section.Text(pattern) is not null)
        {
            section.Problem(pattern, $"must be a block such as {{ \"{RepositoryWrite.Issues}\": true }}; an empty block allows everything");
        }

        var entry = section.Section(pattern);
        var allowed = Enum.GetValues<RepositoryWrite>().Where(kind => entry.Text(kind.ToString()) is null || entry.Flag(kind.ToString())).ToHashSet();
        entry.RefuseUnknown();
        return new RepositoryRule(pattern, allowed);
    }
}

/// <summary>
/// Which repositories may be written to. With <c>Repositories</c> in the settings those are all there are, the longest pattern that fits
/// deciding; without it, exactly the repositories that the catalogue names for its services.
/// </summary>
/// <param name="catalogue">Absent when this host has none.</param>
internal sealed class WritePolicy(IReadOnlyList<RepositoryRule> rules, IServiceCatalogue? catalogue)
{
    private const string Setting = GitHubOptions.Section + ":" + nameof(GitHubOptions.Repositories);

    public bool Allows(RepositoryName repository, RepositoryWrite kind) => Refusal(repository, kind) is null;

    /// <exception cref="ToolException">Not allowed; the message names the setting that decides.</exception>
    public void Require(RepositoryName repository, RepositoryWrite kind)
    {
        if (Refusal(repository, kind) is { } refusal)
        {
            throw new ToolException(refusal);
        }
    }

    private string? Refusal(RepositoryName repository, RepositoryWrite kind)
    {
        if (rules.Count == 0)
        {
            return Catalogued(repository) ? null
                : $"{repository} is no repository of a service in the catalogue, and only those may be written to. Nothing was sent. "
                + $"Whoever runs this host can name it as Services:<service>:Repository or under {Setting}.";
        }

        var rule = rules.Where(rule => Pattern.Matches(rule.Pattern, repository.ToString())).MaxBy(rule => rule.Pattern.Length);
        return rule is null
            ? $"{repository} is not under {Setting}, so nothing may be written there. Nothing was sent. Whoever runs this host can add it."
            : rule.Allowed.Contains(kind) ? null
            : $"{Setting}:{rule.Pattern}:{kind} does not allow this in {repository}. Nothing was sent.";
    }

    private bool Catalogued(RepositoryName repository) =>
        catalogue?.All.Any(service => string.Equals(service.Repository, repository.ToString(), StringComparison.OrdinalIgnoreCase)) == true;
}
