using SreAgent.Core.Conversations;
using SreAgent.Host.Commands.Changes;
using SreAgent.Host.Commands.Tools;
using SreAgent.Host.Terminal.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Chat;

/// <summary>One turn as <c>ask --json</c> prints it.</summary>
internal sealed record AskDocument(
    string Answer,
    IReadOnlyList<ResultDocument> ToolCalls,
    IReadOnlyList<string> Gaps,
    IReadOnlyList<ChangeDocument> PendingChanges,
    string Persona,
    string Conversation,
    TurnEnd End,
    string Explanation,
    UsageDocument Usage)
{
    public static async Task<AskDocument> OfAsync(Conversation conversation, TurnRecord turn, IApprovalDesk desk, CancellationToken cancellationToken)
    {
        var pending = new List<ChangeDocument>();
        foreach (var id in turn.Finished.PendingChanges)
        {
            if (await desk.ShowAsync(id, cancellationToken) is { } request)
            {
                pending.Add(ChangeDocument.Of(request));
            }
        }

        return new AskDocument(
            turn.Answer, [.. turn.Outcomes.Select(outcome => ResultDocument.Of(outcome, withData: false))], turn.Finished.Gaps, pending,
            conversation.Persona, conversation.Id, turn.Finished.End, turn.Finished.Explanation, UsageDocument.Of(turn.Finished.Usage));
    }
}

internal sealed record UsageDocument(string Model, long InputTokens, long OutputTokens, decimal? Cost, int Steps, long DurationMs)
{
    public static UsageDocument Of(TurnUsage usage) =>
        new(usage.Model, usage.InputTokens, usage.OutputTokens, usage.Cost, usage.Steps, (long)usage.Duration.TotalMilliseconds);
}
