namespace SreAgent.Host;

/// <summary>Who answers, as surfaces say it.</summary>
/// <param name="Name">As configured.</param>
/// <param name="IsBuiltIn">No model is configured: the built-in responder answers.</param>
/// <param name="Because">Which setting or variable chose it.</param>
public sealed record ModelInUse(string Name, bool IsBuiltIn, string Because);
