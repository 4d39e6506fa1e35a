namespace SreAgent.Core.Readiness;

/// <summary>What a reading of one tree says about running it in production: a verdict with evidence on each question, and findings.</summary>
public sealed record ReadinessReview
{
    /// <summary>Id of the persona whose list is answered when none is named, and the only one whose reviews open a gate.</summary>
    public const string DefaultPersona = "sre-operator";

    /// <summary>The path or name as it was given.</summary>
    public required string Subject { get; init; }

    /// <summary>Full hash of the commit that was read. Absent for a folder that is no clean checkout.</summary>
    public string? Commit { get; init; }

    /// <summary>Id of the persona whose must-answer list this answers.</summary>
    public required string Persona { get; init; }

    /// <summary>In the persona's order; every must-answer question is among them.</summary>
    public required IReadOnlyList<QuestionReview> Questions { get; init; }

    /// <summary>Most severe first.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>What was not read, with the reason: files too large, binary, links out of the tree. Never empty silently.</summary>
    public IReadOnlyList<string> NotLookedAt { get; init; } = [];

    /// <summary>No question is missing, or what is missing is waived.</summary>
    public bool Ready => Questions.All(question => question.Verdict != Verdict.Missing || question.Waived is not null);
}

/// <param name="Id">As the persona's list has it: <c>slo-observability</c>.</param>
/// <param name="Question">In the persona's words.</param>
/// <param name="Evidence">What shows it; never empty unless the verdict is <see cref="Verdict.Missing"/>.</param>
/// <param name="Gaps">What is open, each a sentence that tells the author what to write and where. Empty exactly when nothing is open.</param>
public sealed record QuestionReview(string Id, string Question, Verdict Verdict, IReadOnlyList<Citation> Evidence, IReadOnlyList<string> Gaps)
{
    /// <summary>The parts the question was taken apart into, in the rules' order.</summary>
    public IReadOnlyList<SubQuestionReview> Parts { get; init; } = [];

    /// <summary>The author's reason why the question, or a part of it, does not apply. Shown, and not counted as missing.</summary>
    public string? NotApplicable { get; init; }

    /// <summary>The reason of the waiver in force for this question. Absent when there is none.</summary>
    public string? Waived { get; init; }
}

/// <summary>One part of a question.</summary>
/// <param name="Id">Unique within its question: <c>objective</c>.</param>
/// <param name="Asks">What it asks, in a few words.</param>
/// <param name="Evidence">Places that show it, or the place where it is declined.</param>
public sealed record SubQuestionReview(string Id, string Asks, SubQuestionState State, IReadOnlyList<Citation> Evidence)
{
    /// <summary>Why it does not apply, in the author's words. Present exactly when declined with a reason.</summary>
    public string? Reason { get; init; }
}

/// <summary>How one part of a question stands.</summary>
public enum SubQuestionState
{
    /// <summary>Nothing says it; or only a promise, a placeholder or the question itself.</summary>
    Open = 0,

    /// <summary>"N/A" and no reason.</summary>
    DeclinedBare,

    /// <summary>"Not applicable, because ...".</summary>
    Declined,

    Answered,
}
