namespace SreAgent.Runtime.Chat;

/// <summary>Why a model gave no usable answer.</summary>
public enum ModelFailure
{
    Other = 0,

    /// <summary>The key is missing, wrong or not allowed to use this model.</summary>
    NotAllowed,

    /// <summary>No such model, or no such address.</summary>
    NotFound,

    /// <summary>Too many requests, or no credit left.</summary>
    RateLimited,

    /// <summary>The provider is overloaded or broken.</summary>
    Unavailable,

    /// <summary>Could not be reached, or the answer broke off.</summary>
    Unreachable,

    /// <summary>Nothing came for too long.</summary>
    TimedOut,

    /// <summary>What came is not an answer.</summary>
    Malformed,

    /// <summary>History is longer than the model takes.</summary>
    ContextTooLong,

    /// <summary>The provider rejects the request itself.</summary>
    Refused,
}

/// <summary>A model gave no usable answer. The message says which model, what came back and what to do; it holds no secret.</summary>
public sealed class ModelException : Exception
{
    public ModelException()
    {
    }

    public ModelException(string message)
        : base(message)
    {
    }

    public ModelException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public ModelFailure Failure { get; init; }

    /// <summary>How long the provider asks to wait. Absent when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient => Failure is ModelFailure.RateLimited or ModelFailure.Unavailable or ModelFailure.Unreachable
        or ModelFailure.TimedOut or ModelFailure.Malformed;
}
