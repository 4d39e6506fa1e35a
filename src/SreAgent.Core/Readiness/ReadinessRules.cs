namespace SreAgent.Core.Readiness;

/// <summary>What counts as an answer, as data: read from the YAML files beside the prompts, which a team may add to.</summary>
/// <param name="Version">Of the rules, shown with a review; two reviews by other versions are not compared silently.</param>
public sealed record ReadinessRules(string Version, IReadOnlyList<QuestionRules> Questions);

/// <summary>One must-answer question, taken apart.</summary>
/// <param name="Id">As a persona's list has it.</param>
public sealed record QuestionRules(string Id);
