using SreAgent.Core.Tools;

namespace SreAgent.Core.Policy;

/// <summary>Decides a call by the rules. Pure: same question, same policy, same answer.</summary>
public static class PolicyEvaluator
{
    /// <summary>
    /// Deny wins, then approval. With no matching rule, reads and writes are allowed, changes need approval, and everything else is denied.
    /// No rule can let a Change or Destructive call through without approval.
    /// </summary>
    public static PolicyDecision Decide(GuardrailPolicy policy, PolicyQuestion question)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(question);

        if (policy.KillSwitch && question.Tool.Effect != ToolEffect.Read)
        {
            return Deny("kill-switch", "The kill switch is on: only reads run, on every replica, until it is turned off.");
        }

        if (!Enum.IsDefined(question.Tool.Effect) || question.Tool.Effect == ToolEffect.Unclassified)
        {
            return Deny("unclassified-effect", $"Nobody has classified what {question.Tool.Name} does.");
        }

        var matching = policy.Rules.Where(rule => Matches(rule, question)).ToArray();
        var denials = matching.Where(rule => IsDenial(rule) && !(rule.Overridable && question.Overridden)).ToArray();
        if (denials.Length > 0)
        {
            return From(PolicyVerdict.Deny, denials, overridable: denials.All(rule => rule.Overridable));
        }

        // Denials that are left have been lifted: what they forbade now takes an approval, whatever its effect.
        var approvals = matching.Where(rule => rule.Verdict == PolicyVerdict.NeedsApproval || IsDenial(rule)).ToArray();
        if (approvals.Length > 0)
        {
            return From(PolicyVerdict.NeedsApproval, approvals, overridable: false);
        }

        if (question.Tool.ChangesProduction)
        {
            return new PolicyDecision(PolicyVerdict.NeedsApproval, ["changes-need-approval"], "Every change to production needs a human's approval.", Overridable: false);
        }

        return matching.Length > 0
            ? From(PolicyVerdict.Allow, matching, overridable: false)
            : new PolicyDecision(PolicyVerdict.Allow, ["reads-and-writes-allowed"], "No rule speaks against it.", Overridable: false);
    }

    /// <summary>
    /// What applies in the policy's mode: in shadow, a written rule's refusal or question is let through, except that Change and
    /// Destructive still need approval (G13).
    /// </summary>
    public static PolicyDecision Apply(GuardrailMode mode, Tool tool, PolicyDecision decision)
    {
        ArgumentNullException.ThrowIfNull(tool);
        ArgumentNullException.ThrowIfNull(decision);
        if (mode != GuardrailMode.Shadow || decision.BuiltIn || decision.Verdict == PolicyVerdict.Allow)
        {
            return decision;
        }

        return decision with { Verdict = tool.ChangesProduction ? PolicyVerdict.NeedsApproval : PolicyVerdict.Allow, Overridable = false };
    }

    // A verdict this program does not know is no reason to let anything through.
    private static bool IsDenial(PolicyRule rule) => rule.Verdict is not (PolicyVerdict.Allow or PolicyVerdict.NeedsApproval);

    private static bool Matches(PolicyRule rule, PolicyQuestion question) =>
        (rule.Effects.Count == 0 || rule.Effects.Contains(question.Tool.Effect))
        && MatchesOneOf(rule.Tools, question.Tool.Name)
        && MatchesOneOf(rule.Environments, question.Environment)
        && MatchesOneOf(rule.Personas, question.Persona)
        && MatchesOneOf(rule.Actors, question.Actor.Id)
        && rule.Arguments.All(predicate => predicate.Holds(question.Arguments))
        && (rule.During.Count == 0 || rule.During.Any(freeze => freeze.IsInForce(question.Now)))
        && (rule.ErrorBudget is not { } state || state == question.ErrorBudget);

    private static bool MatchesOneOf(IReadOnlyList<string> patterns, string text) => patterns.Count == 0 || Pattern.MatchesAny(patterns, text);

    private static PolicyDecision Deny(string rule, string reason) => new(PolicyVerdict.Deny, [rule], reason, Overridable: false) { BuiltIn = true };

    private static PolicyDecision From(PolicyVerdict verdict, IReadOnlyList<PolicyRule> rules, bool overridable) =>
        new(verdict, [.. rules.Select(rule => rule.Name)], string.Join(" ", rules.Select(rule => rule.Reason)), overridable);
}
