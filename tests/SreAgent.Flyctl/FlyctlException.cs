namespace SreAgent.Flyctl;

/// <summary>Ends the program with a message and a code: 1 for any error, 126 for a deadline.</summary>
internal sealed class FlyctlException : Exception
{
    public FlyctlException()
    {
    }

    public FlyctlException(string message)
        : base(message)
    {
    }

    public FlyctlException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public int ExitCode { get; init; } = 1;
}
