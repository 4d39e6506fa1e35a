using SreAgent.Core.Personas;

namespace SreAgent.Core.Readiness;

/// <summary>Reviews a tree against a persona's must-answer list, without a model.</summary>
public interface IReadinessReviewer
{
    /// <param name="tree">What to read.</param>
    /// <param name="persona">Its must-answer list is answered; it must have one.</param>
    /// <param name="progress">Is told of long work.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="Tools.ToolException">The tree cannot be read, or the persona has no must-answer list.</exception>
    Task<ReadinessReview> ReviewAsync(ISourceTree tree, Persona persona, IProgress<string> progress, CancellationToken cancellationToken);
}
