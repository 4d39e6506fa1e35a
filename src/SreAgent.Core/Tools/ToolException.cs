namespace SreAgent.Core.Tools;

/// <summary>
/// A fault whose message is written for whoever must act next and is safe to show to a model. The text of any other exception
/// stays in the log.
/// </summary>
public sealed class ToolException : Exception
{
    public ToolException()
    {
    }

    public ToolException(string message)
        : base(message)
    {
    }

    public ToolException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether asking again later may succeed without anybody changing anything.</summary>
    public bool Retryable { get; init; }
}
