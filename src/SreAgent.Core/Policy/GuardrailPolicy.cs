using SreAgent.Core.Actors;

namespace SreAgent.Core.Policy;

/// <summary>How strictly policy is applied (G13).</summary>
public enum GuardrailMode
{
    Enforce = 0,

    /// <summary>
    /// What rules would have denied or asked about is recorded and let through, except that Change and Destructive still need approval.
    /// </summary>
    Shadow,
}

/// <summary>The whole policy of an installation, immutable. Read from the settings' <c>Guardrails</c> section.</summary>
public sealed record GuardrailPolicy
{
    /// <summary>SHA-256 of the policy's canonical form. Part of every digest, so that editing policy invalidates approvals given under it.</summary>
    public required string Version { get; init; }

    public GuardrailMode Mode { get; init; }

    public bool KillSwitch { get; init; }

    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];

    /// <summary>By name. A call on an environment that is not listed is denied.</summary>
    public required IReadOnlyDictionary<string, EnvironmentPolicy> Environments { get; init; }

    /// <summary>Where calls act that name neither a service nor an environment.</summary>
    public required string DefaultEnvironment { get; init; }

    /// <summary>How long a request waits for an answer, and an approval for its execution.</summary>
    public TimeSpan ApprovalLifetime { get; init; } = TimeSpan.FromMinutes(30);
}

/// <summary>Who may approve changes to one environment, and how.</summary>
public sealed record EnvironmentPolicy
{
    private static readonly Surface[] CountedByDefault = [Surface.Terminal, Surface.Slack, Surface.Web];

    public required string Name { get; init; }

    /// <summary>Patterns over actor ids. Empty means nobody may approve.</summary>
    public IReadOnlyList<string> Approvers { get; init; } = [];

    /// <summary>The requester may approve their own request. The audit marks it.</summary>
    public bool AllowSelfApproval { get; init; }

    /// <summary>
    /// Surfaces whose authentication counts. Empty means terminal, Slack and web. MCP counts only where it is named: whoever drives a coding
    /// agent with a shell could have it start a client of its own and answer for its user (G5).
    /// </summary>
    public IReadOnlyList<Surface> ApproveVia { get; init; } = [];

    /// <summary><see cref="ApproveVia"/>, or what counts where it is empty.</summary>
    public IReadOnlyList<Surface> CountedSurfaces => ApproveVia.Count > 0 ? ApproveVia : CountedByDefault;

    /// <summary>Whether the asked actor may approve this request from there; if not, why.</summary>
    public ApproverCheck Check(Actor approver, string requester)
    {
        ArgumentNullException.ThrowIfNull(approver);
        if (approver.IsMissing || !approver.IsHuman || approver.Surface is Surface.Schedule or Surface.Webhook)
        {
            return ApproverCheck.No("approver-must-be-human", "An approval takes an authenticated human.");
        }

        if (!CountedSurfaces.Contains(approver.Surface))
        {
            return ApproverCheck.No("approval-surface", $"Changes to {Name} are approved via {string.Join(" or ", CountedSurfaces)}, not {approver.Surface}.");
        }

        if (!Pattern.MatchesAny(Approvers, approver.Id))
        {
            return ApproverCheck.No("approvers", $"{approver.Id} is not among the approvers of {Name} ({Listed(Approvers)}).");
        }

        var self = string.Equals(approver.Id, requester, StringComparison.OrdinalIgnoreCase);
        return self && !AllowSelfApproval
            ? ApproverCheck.No("four-eyes", $"{approver.Id} asked for this change; {Name} wants a second person to approve it.")
            : new ApproverCheck(Allowed: true, self, "", "");
    }

    private static string Listed(IReadOnlyList<string> approvers) => approvers.Count == 0 ? "none are configured" : string.Join(", ", approvers);
}

public sealed record ApproverCheck(bool Allowed, bool SelfApproval, string Rule, string Reason)
{
    internal static ApproverCheck No(string rule, string reason) => new(Allowed: false, SelfApproval: false, rule, reason);
}
