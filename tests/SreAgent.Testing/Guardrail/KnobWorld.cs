using System.Collections.Concurrent;
using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Testing.Guardrail;

/// <summary>
/// A tiny world with knobs to turn, and a journal of every turn. Its tools are honest about their effect; whether they are reached is the
/// guardrail's business and the tests' question.
/// </summary>
public sealed class KnobWorld : IToolset
{
    private readonly ConcurrentDictionary<string, Knob> _knobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _notes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<KnobTurn> _journal = new();

    public string Name => "knob";

    public string? Environment { get; init; } = "practice";

    /// <summary>Every mutation not yet taken, in order.</summary>
    public IReadOnlyCollection<KnobTurn> Journal => _journal;

    /// <summary>What was turned since the last taking.</summary>
    public IReadOnlyList<KnobTurn> TakeJournal()
    {
        var taken = new List<KnobTurn>();
        while (_journal.TryDequeue(out var turn))
        {
            taken.Add(turn);
        }

        return taken;
    }

    /// <summary>Runs inside the change, before anything is turned: fails it, delays it, looks at what stands recorded by then.</summary>
    public Func<Task>? DuringChange { get; set; }

    public VerificationVerdict VerifiesAs { get; set; } = VerificationVerdict.Passed;

    public bool PreflightPasses { get; set; } = true;

    public Knob Of(string target) => _knobs.GetValueOrDefault(target, new Knob(0, 0));

    /// <summary>Somebody else turned it: the version moves on without a journal entry.</summary>
    public void TurnBehindOurBack(string target, int value) =>
        _knobs.AddOrUpdate(target, _ => new Knob(value, 1), (_, knob) => new Knob(value, knob.Version + 1));

    [SreTool("knob_read_value", ToolEffect.Read)]
    [Description("Reads a knob.")]
    public Task<ToolResult> ReadAsync([Description("Which knob")] string target, CancellationToken cancellationToken) =>
        Task.FromResult<ToolResult>(new ToolResult.Found(new { target, Of(target).Value }, new Evidence("knob", target)));

    [SreTool("knob_write_note", ToolEffect.Write)]
    [Description("Leaves a note on a knob.")]
    public Task<ToolResult> NoteAsync([Description("Which knob")] string target, string text, CancellationToken cancellationToken)
    {
        _notes[target] = text;
        return Task.FromResult<ToolResult>(new ToolResult.Found(new { target, text }, new Evidence("knob", target)));
    }

    [SreTool("knob_turn_value", ToolEffect.Change, Plan = nameof(PlanTurnAsync), Verify = nameof(VerifyTurnAsync), Aliases = ["knob_twist_value"])]
    [Description("Turns a knob.")]
    public async Task<ToolResult> TurnAsync(string target, int value, [Prose] string? reason = null, CancellationToken cancellationToken = default) =>
        await MutateAsync("knob_turn_value", target, value);

    public Task<ChangePlan> PlanTurnAsync(string target, int value, [Prose] string? reason = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(PlanOf($"Turn {target} to {value}.", target, value));

    public Task<Verification> VerifyTurnAsync(string target, int value, [Prose] string? reason = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Verification(VerifiesAs, $"{target} reads {Of(target).Value}."));

    [SreTool("knob_destroy_target", ToolEffect.Destructive, Plan = nameof(PlanDestroyAsync), Verify = nameof(VerifyDestroyAsync))]
    [Description("Breaks a knob for good.")]
    public async Task<ToolResult> DestroyAsync(string target, CancellationToken cancellationToken) =>
        await MutateAsync("knob_destroy_target", target, -1);

    public Task<ChangePlan> PlanDestroyAsync(string target, CancellationToken cancellationToken) =>
        Task.FromResult(PlanOf($"Destroy {target}.", target, -1));

    public Task<Verification> VerifyDestroyAsync(string target, CancellationToken cancellationToken) =>
        Task.FromResult(new Verification(VerifiesAs, $"{target} reads {Of(target).Value}."));

    /// <summary>Runs beside each step of a ramp, told what is about to happen: <c>before turn a</c>, <c>after turn a</c>.</summary>
    public Func<string, Task>? DuringRamp { get; set; }

    [SreTool("knob_ramp_value", ToolEffect.Change, Plan = nameof(PlanRampAsync), Verify = nameof(VerifyRampAsync), Resumable = true)]
    [Description("Turns several knobs, one after the other.")]
    public async Task<ToolResult> RampAsync(
        string[] targets, int value, ChangeExecution change, bool undo_on_failure = false, CancellationToken cancellationToken = default)
    {
        foreach (var target in targets)
        {
            await change.Steps.OnceAsync($"turn {target}", $"{Of(target).Version}", _ => TurnAsync(target), async (intent, token) =>
                string.Equals(intent, $"{Of(target).Version}", StringComparison.Ordinal) ? await TurnAsync(target) : $"was turned to {Of(target).Value} before", cancellationToken);
            await DuringRampAsync($"after turn {target}");
        }

        return new ToolResult.Found(new { targets, value }, new Evidence("knob", string.Join(',', targets)));

        async Task<string> TurnAsync(string target)
        {
            await DuringRampAsync($"before turn {target}");
            await MutateAsync("knob_ramp_value", target, value);
            await DuringRampAsync($"within turn {target}");
            return $"turned to {value}";
        }
    }

    public Task<ChangePlan> PlanRampAsync(string[] targets, int value, bool undo_on_failure = false, CancellationToken cancellationToken = default)
    {
        var all = string.Join(',', targets.Select(target => $"{target}@{Of(target).Version}"));
        return Task.FromResult(PlanOf($"Ramp {string.Join(", ", targets)} to {value}.", targets[0], value) with
        {
            Fingerprint = all,
            Remedy = new Remedy("knob_turn_value", JsonSerializer.SerializeToElement(new { target = targets[0], value = Of(targets[0]).Value }), undo_on_failure),
        });
    }

    public Task<Verification> VerifyRampAsync(string[] targets, int value, bool undo_on_failure = false, CancellationToken cancellationToken = default) =>
        Task.FromResult(new Verification(VerifiesAs, string.Join(' ', targets.Select(target => $"{target} reads {Of(target).Value}."))));

    private Task DuringRampAsync(string moment) => DuringRamp?.Invoke(moment) ?? Task.CompletedTask;

    private ChangePlan PlanOf(string summary, string target, int value)
    {
        var knob = Of(target);
        return new ChangePlan(
            summary, target, $"at {knob.Value}", $"at {value}", "Whoever listens to this knob.", $"Turn it back to {knob.Value}.",
            Fingerprint: string.Create(CultureInfo.InvariantCulture, $"{target}@{knob.Version}"))
        {
            Preflight = [new PreflightCheck("knob is oiled", PreflightPasses, PreflightPasses ? "It is." : "It squeaks.")],
        };
    }

    private async Task<ToolResult> MutateAsync(string tool, string target, int value)
    {
        if (DuringChange is { } during)
        {
            await during();
        }

        var before = Of(target).Version;
        _knobs.AddOrUpdate(target, _ => new Knob(value, 1), (_, knob) => new Knob(value, knob.Version + 1));
        _journal.Enqueue(new KnobTurn(tool, target, value, before));
        return new ToolResult.Found(new { target, value }, new Evidence("knob", target));
    }
}

/// <param name="Version">Counts turns; the fingerprint of a plan.</param>
public sealed record Knob(int Value, int Version);

/// <param name="VersionBefore">The knob's version when it was turned.</param>
public sealed record KnobTurn(string Tool, string Target, int Value, int VersionBefore);
