namespace SreAgent.Lab.Fly.State;

/// <summary>The simulated vendor says no: a status, and a sentence in its words.</summary>
internal sealed class FlyRefusalException : Exception
{
    public FlyRefusalException()
    {
    }

    public FlyRefusalException(string message)
        : base(message)
    {
    }

    public FlyRefusalException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="status">HTTP's.</param>
    /// <param name="error">The body's <c>error</c>.</param>
    /// <param name="code">The body's <c>status</c>. Absent when it has none.</param>
    public FlyRefusalException(int status, string error, string? code = null)
        : base(error) => (Status, Code) = (status, code);

    public int Status { get; } = 500;

    public string? Code { get; }

    // The prefixes are twirp's error codes, which the vendor's hosts answer with; each stands for one status.
    public static FlyRefusalException Invalid(string what) => new(400, $"invalid_argument: {what}");

    public static FlyRefusalException NotFound(string what) => new(404, $"not_found: {what}");

    public static FlyRefusalException Conflict(string what) => new(409, $"aborted: {what}");

    public static FlyRefusalException Precondition(string what) => new(412, $"failed_precondition: {what}");
}
