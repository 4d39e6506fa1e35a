using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

/// <summary>One turn while it runs: who, as whom, over which transcript, and where its events go.</summary>
internal sealed class Turn(Transcript transcript, Persona persona, string? mode, CallContext context, TurnMeter meter, Action<TurnEvent> emit)
{
    private const int LongestGap = 300;
    private readonly Dictionary<string, string> _gaps = new(StringComparer.Ordinal);

    public Transcript Transcript { get; } = transcript;

    public Persona Persona { get; } = persona;

    public string? Mode { get; } = mode;

    public CallContext Context { get; } = context;

    public Actor Actor => Context.Actor;

    public TurnMeter Meter { get; } = meter;

    public RepeatGuard Repeats { get; } = new();

    /// <summary>Requests this conversation waits for.</summary>
    public List<ChangeRequestId> Pending { get; } = [];

    public void Emit(TurnEvent happened) => emit(happened);

    /// <summary>Reports what a tool says while it runs, at once and in order.</summary>
    public IProgress<string> ProgressOf(string callId) => new Reporter(message => emit(new TurnEvent.ToolProgressed(callId, message)));

    /// <summary>A tool that could not look leaves a gap, until it is asked again and can.</summary>
    public void NoteGap(string tool, ToolResult result)
    {
        lock (_gaps)
        {
            _ = result switch
            {
                ToolResult.Failed failed => _gaps[tool] = Gap(tool, failed.Explanation),
                ToolResult.Denied denied => _gaps[tool] = Gap(tool, $"denied by {denied.Rule}: {denied.Reason}"),
                _ => _gaps.Remove(tool) ? tool : null,
            };
        }
    }

    public TurnEvent.Finished Finish(TurnEnd end, string explanation)
    {
        lock (_gaps)
        {
            return new TurnEvent.Finished(end, explanation, Meter.Read(), [.. _gaps.Values], [.. Pending.Distinct()]);
        }
    }

    private static string Gap(string tool, string why) => $"{tool}: {(why.Length <= LongestGap ? why : why[..LongestGap] + "…")}";

    private sealed class Reporter(Action<string> report) : IProgress<string>
    {
        public void Report(string value) => report(value);
    }
}
