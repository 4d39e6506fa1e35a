namespace SreAgent.Runtime.Stores;

/// <summary>
/// The store could not do what was asked, and nothing of it was written. The message says what was tried, against which file, what came
/// back and what to do; it holds no stored data. Whoever needed the store for permission must not act (G1, G11).
/// </summary>
public sealed class StoreUnavailableException : Exception
{
    public StoreUnavailableException()
    {
    }

    public StoreUnavailableException(string message)
        : base(message)
    {
    }

    public StoreUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether trying again may succeed without anybody changing anything: another process held the lock.</summary>
    public bool Retryable { get; init; }
}
