using System.Text.Json;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Tools;

/// <summary>
/// One thing the host can do, whoever asks. Immutable. Holding one gives no right to run it: everything runs through the guardrail.
/// </summary>
public sealed record Tool
{
    public required string Name { get; init; }

    public required string Toolset { get; init; }

    public required ToolEffect Effect { get; init; }

    /// <summary>Written for a model: what it does, and when not to use it.</summary>
    public required string Description { get; init; }

    /// <summary>JSON Schema of the arguments: an object, closed to unknown names.</summary>
    public required JsonElement InputSchema { get; init; }

    /// <summary>Does it. The run's progress takes short sentences for whoever watches; a tool that finishes in a second says nothing.</summary>
    public required Func<ToolArguments, ToolRun, CancellationToken, Task<ToolResult>> Execute { get; init; }

    /// <summary>Says what a call would do. Present exactly when <see cref="ChangesProduction"/>.</summary>
    public Func<ToolArguments, ToolRun, CancellationToken, Task<ChangePlan>>? Plan { get; init; }

    /// <summary>Looks whether the change took. Present exactly when <see cref="ChangesProduction"/>.</summary>
    public Func<ToolArguments, ToolRun, CancellationToken, Task<Verification>>? Verify { get; init; }

    /// <summary>
    /// <see cref="Execute"/> may be entered again by another process after its own died: its steps tell it what was done. One that is not
    /// resumable is marked interrupted instead.
    /// </summary>
    public bool Resumable { get; init; }

    /// <summary>Arguments that only explain; left out of the digest. See <see cref="ProseAttribute"/>.</summary>
    public IReadOnlySet<string> ProseArguments { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Former names that still work.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    public string? Environment { get; init; }

    public bool OpenWorld { get; init; } = true;

    public bool ChangesProduction => Effect >= ToolEffect.Change;

    /// <summary>What an approval of this call is bound to; see <see cref="ChangeDigest"/>.</summary>
    public ChangeDigest DigestOf(ToolArguments arguments, CallScope scope, string policyVersion, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        return ChangeDigest.Of(Name, arguments.Without(ProseArguments), scope, policyVersion, fingerprint);
    }

    /// <summary>Answers to the tool's own name or one it had before.</summary>
    public bool Answers(string name) =>
        string.Equals(Name, name, StringComparison.Ordinal) || Aliases.Contains(name, StringComparer.Ordinal);
}
