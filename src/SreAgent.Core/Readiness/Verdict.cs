namespace SreAgent.Core.Readiness;

/// <summary>How far a must-answer question is answered by what was read. Ordered: a higher one is better.</summary>
public enum Verdict
{
    /// <summary>Nothing that was read answers any part of it.</summary>
    Missing = 0,

    /// <summary>A part is answered; the gaps say which is not.</summary>
    Partly,

    Answered,
}
