namespace SreAgent.Runtime.Guardrail;

/// <summary>Goes on with changes whose process died. Run by every process that lives for a while; of any number, one goes on with each change.</summary>
public interface IChangeRecovery
{
    /// <summary>Looks once, goes on with what was left, and waits for it.</summary>
    /// <param name="progress">Is told what is gone on with, and how it ends.</param>
    /// <param name="cancellationToken">Stops waiting; what was begun is finished all the same.</param>
    /// <returns>How many changes it went on with.</returns>
    Task<int> RunOnceAsync(IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Looks every few seconds until cancelled. A look that fails is logged, and the next one tries again.</summary>
    Task RunAsync(IProgress<string> progress, CancellationToken cancellationToken);
}
