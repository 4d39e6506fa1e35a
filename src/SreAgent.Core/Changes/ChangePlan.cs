using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Core.Changes;

/// <summary>What a call would do, found out without doing it. What the approver reads, and what the approval is bound to.</summary>
/// <param name="Summary">One sentence a tired person understands: what will happen, to what.</param>
/// <param name="Target">The thing that is changed, as its own system names it.</param>
/// <param name="Current">Its state now.</param>
/// <param name="Wanted">Its state afterwards.</param>
/// <param name="BlastRadius">Who and what feels it, if it goes well and if it does not.</param>
/// <param name="Undo">How to take it back, and what that will not undo.</param>
/// <param name="Fingerprint">
/// The part of the target's state the decision rests on, in any stable text form. Taken again at execution; any difference refuses it (G3).
/// </param>
public sealed record ChangePlan(string Summary, string Target, string Current, string Wanted, string BlastRadius, string Undo, string Fingerprint)
{
    /// <summary>Gates that were looked at before anybody is asked (G9). A failed one stops the request.</summary>
    public IReadOnlyList<PreflightCheck> Preflight { get; init; } = [];

    /// <summary>Further facts the approver should see, in the order to show them: commits, configuration, machines, error budget.</summary>
    public IReadOnlyList<PlanFact> Facts { get; init; } = [];

    /// <summary>What is proposed when the change or its verification fails (G10). Absent when nothing sensible is known.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>
    /// What a digest is taken over: the fingerprint, and with it the remedy, since a yes to the one may be a yes to the other.
    /// </summary>
    [JsonIgnore]
    public string BoundState => Remedy is null ? Fingerprint
        : $"{Fingerprint}\nremedy {Remedy.Tool} {(Remedy.Automatic ? "automatic" : "proposed")} {Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Remedy.Arguments))}";
}

/// <param name="Name">What was checked: <c>tests green</c>, <c>image exists</c>.</param>
/// <param name="Passed">False stops the request before a human is asked.</param>
/// <param name="Detail">What was seen, with where.</param>
public sealed record PreflightCheck(string Name, bool Passed, string Detail);

/// <param name="Name">One or two words: <c>commits</c>, <c>error budget</c>.</param>
/// <param name="Detail">What was seen, or that it could not be looked at and why. May have several lines.</param>
public sealed record PlanFact(string Name, string Detail)
{
    /// <summary>Whether it says only what is usual, or what another fact says too: kept on record, left out where a person decides.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsMinor { get; init; }
}

/// <summary>The call that takes a change back, settled when the change was planned, so that the approver of one has read the other.</summary>
/// <param name="Tool">Its name.</param>
/// <param name="Arguments">Its arguments, complete.</param>
/// <param name="Automatic">
/// Approving the change also approves this call, once, should the change fail: only where the request itself said so, in an argument that
/// is part of the digest. Otherwise it is raised as a request of its own.
/// </param>
public sealed record Remedy(string Tool, JsonElement Arguments, bool Automatic);
