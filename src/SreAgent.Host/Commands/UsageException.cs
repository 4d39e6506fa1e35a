namespace SreAgent.Host.Commands;

/// <summary>What was typed cannot be done; the message says what can. Ends the program with <see cref="ExitStatus.Usage"/>.</summary>
public sealed class UsageException : Exception
{
    public UsageException()
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
