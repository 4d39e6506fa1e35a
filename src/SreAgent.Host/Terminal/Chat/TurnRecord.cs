using System.Text;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>Everything one turn said and did.</summary>
internal sealed class TurnRecord
{
    private readonly StringBuilder _answer = new();
    private readonly List<ToolOutcome> _outcomes = [];

    public string Answer => _answer.ToString();

    public IReadOnlyList<ToolOutcome> Outcomes => _outcomes;

    public TurnEvent.Finished Finished { get; private set; } =
        new(TurnEnd.Cancelled, "Stopped.", new TurnUsage("", 0, 0, Cost: null, 0, TimeSpan.Zero), [], []);

    /// <summary>Whether anything happened that a person would want to see.</summary>
    public bool IsEmpty => _answer.Length == 0 && _outcomes.Count == 0 && Finished.End == TurnEnd.Answered;

    /// <summary>Everything that was asked failed, at least once because a system could not be reached: the words of the answer rest on nothing.</summary>
    private bool NothingAnswered =>
        _outcomes.Count > 0 && _outcomes.TrueForAll(outcome => outcome.Result is ToolResult.Failed)
        && _outcomes.Exists(outcome => outcome.Result is ToolResult.Failed { Retryable: true });

    public int ExitStatus => Finished.End switch
    {
        TurnEnd.Answered when NothingAnswered => Commands.ExitStatus.Unreachable,
        TurnEnd.Answered => Commands.ExitStatus.Fine,
        TurnEnd.AwaitingApproval => Commands.ExitStatus.Waiting,
        TurnEnd.ModelFailed => Commands.ExitStatus.Unreachable,
        TurnEnd.Cancelled => Commands.ExitStatus.Interrupted,
        _ => Commands.ExitStatus.No,
    };

    public void Take(TurnEvent turnEvent)
    {
        switch (turnEvent)
        {
            case TurnEvent.TextDelta delta:
                _answer.Append(delta.Text);
                break;
            case TurnEvent.ToolFinished finished:
                _outcomes.Add(finished.Outcome);
                break;
            case TurnEvent.Finished finished:
                Finished = finished;
                break;
        }
    }
}
