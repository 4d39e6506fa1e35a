namespace SreAgent.Core.Policy;

/// <summary>How a service's error budget stands, as far as policy cares.</summary>
public enum ErrorBudgetState
{
    /// <summary>No SLO is known, or it could not be measured. Never counted as healthy: a rule may ask for it.</summary>
    Unknown = 0,
    Healthy,

    /// <summary>Burning fast enough that somebody is or should be paged.</summary>
    Burning,

    /// <summary>Nothing left.</summary>
    Spent,
}

/// <summary>Tells how a service's error budget stands now. Answers <see cref="ErrorBudgetState.Unknown"/> rather than failing.</summary>
public interface IErrorBudgetSource
{
    Task<ErrorBudgetState> StateOfAsync(string service, CancellationToken cancellationToken);
}
