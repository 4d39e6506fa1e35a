namespace SreAgent.Core.Readiness;

/// <summary>Pull requests of the code host. Registered only where one is configured.</summary>
public interface IPullRequests
{
    /// <summary>What a pull request is about to change, as it stands now.</summary>
    /// <param name="repository"><c>owner/name</c>.</param>
    /// <param name="number">From 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tools.ToolException">There is none, or the host cannot be reached (then retryable).</exception>
    Task<PullRequestFacts> FactsAsync(string repository, int number, CancellationToken cancellationToken);
}
