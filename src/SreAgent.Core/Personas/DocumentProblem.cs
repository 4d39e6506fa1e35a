namespace SreAgent.Core.Personas;

public enum ProblemSeverity
{
    /// <summary>Worth knowing; the file is used as it is.</summary>
    Info = 0,

    /// <summary>The file is used, but something in it was repaired or ignored.</summary>
    Warning,

    /// <summary>The file is not used.</summary>
    Error,
}

/// <summary>One thing wrong with a persona or skill file.</summary>
/// <param name="Line">1-based; 0 when it concerns the file as a whole.</param>
/// <param name="Message">What is wrong and what to write instead.</param>
public sealed record DocumentProblem(int Line, ProblemSeverity Severity, string Message);
