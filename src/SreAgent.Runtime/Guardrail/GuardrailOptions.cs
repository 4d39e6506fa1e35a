namespace SreAgent.Runtime.Guardrail;

/// <summary>The settings' <c>Guardrails</c> section, as written. <see cref="GuardrailPolicyReader"/> turns it into policy.</summary>
public sealed class GuardrailOptions
{
    public const string Section = "Guardrails";

    /// <summary><c>enforce</c> (default) or <c>shadow</c>.</summary>
    public string Mode { get; set; } = "enforce";

    /// <summary>Turns every non-Read into Deny for as long as it stands in the settings. The stored switch works besides.</summary>
    public bool KillSwitch { get; set; }

    /// <summary>Where calls act that name neither a service nor an environment.</summary>
    public string DefaultEnvironment { get; set; } = "production";

    /// <summary>How long a request waits for an answer and an approval for its execution; 1 to 10,080 (a week).</summary>
    public int ApprovalMinutes { get; set; } = 30;

    /// <summary>Deadline of one read or write; 1 to 600.</summary>
    public int ReadTimeoutSeconds { get; set; } = 60;

    /// <summary>Deadline of planning a change, its preflight (a test suite, perhaps) included; 1 to 3,600.</summary>
    public int PlanTimeoutSeconds { get; set; } = 300;

    /// <summary>Deadline of one change, and again of its verification; 1 to 7,200.</summary>
    public int ChangeTimeoutSeconds { get; set; } = 900;

    /// <summary>A larger answer is cut for the model and kept whole behind a handle; 2,000 to 1,000,000 bytes.</summary>
    public int MaxResultBytes { get; set; } = 16_000;

    public Dictionary<string, EnvironmentOptions> Environments { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, FreezeOptions> Freezes { get; } = new(StringComparer.OrdinalIgnoreCase);

    public IList<RuleOptions> Rules { get; } = [];
}

/// <summary>Who may approve changes to one environment.</summary>
public sealed class EnvironmentOptions
{
    /// <summary>Patterns over actor ids: <c>os:ada</c>, <c>slack:*</c>. Empty: nobody may.</summary>
    public IList<string> Approvers { get; } = [];

    public bool AllowSelfApproval { get; set; }

    /// <summary><c>terminal</c>, <c>mcp</c>, <c>slack</c>, <c>web</c>. Empty: all but mcp, which must be named.</summary>
    public IList<string> ApproveVia { get; } = [];
}

/// <summary>Either <see cref="From"/> and <see cref="To"/>, or <see cref="Weekly"/>.</summary>
public sealed class FreezeOptions
{
    /// <summary>IANA name: <c>Europe/Paris</c>.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Local moment: <c>2026-12-24T00:00</c>.</summary>
    public string? From { get; set; }

    /// <summary>Local moment, exclusive.</summary>
    public string? To { get; set; }

    /// <summary>Of every week: <c>Fri 16:00 - Mon 08:00</c>.</summary>
    public string? Weekly { get; set; }
}

/// <summary>One rule; a list left out matches everything.</summary>
public sealed class RuleOptions
{
    public string Name { get; set; } = "";

    /// <summary><c>allow</c>, <c>needs-approval</c> or <c>deny</c>.</summary>
    public string Verdict { get; set; } = "";

    public string Reason { get; set; } = "";

    public IList<string> Effects { get; } = [];

    public IList<string> Tools { get; } = [];

    public IList<string> Environments { get; } = [];

    public IList<string> Personas { get; } = [];

    public IList<string> Actors { get; } = [];

    public IList<ArgumentOptions> Arguments { get; } = [];

    /// <summary>Names of freezes.</summary>
    public IList<string> During { get; } = [];

    /// <summary><c>unknown</c>, <c>healthy</c>, <c>burning</c> or <c>spent</c>.</summary>
    public string? ErrorBudget { get; set; }

    public bool Overridable { get; set; }
}

public sealed class ArgumentOptions
{
    public string Argument { get; set; } = "";

    /// <summary><c>equals</c>, <c>not-equals</c>, <c>matches</c>, <c>greater-than</c>, <c>present</c> or <c>absent</c>.</summary>
    public string Test { get; set; } = "";

    public IList<string> Values { get; } = [];
}
