namespace SreAgent.Host.Commands;

/// <summary>What the process tells whoever started it. Scripts build on these; none is ever given another meaning.</summary>
public static class ExitStatus
{
    public const int Fine = 0;

    /// <summary>The answer is no: not ready, verification failed, chain broken, denied.</summary>
    public const int No = 1;

    /// <summary>Wrong usage or settings.</summary>
    public const int Usage = 2;

    /// <summary>An outside system could not be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Waits for an approval.</summary>
    public const int Waiting = 4;

    /// <summary>Ended by Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;
}
