using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>From a question to an answer: asks, records the yes, carries out with live progress, says what verification saw.</summary>
internal sealed class ApprovalFlow(IApprovalDesk desk, ITerminal terminal, Ink ink, TimeProvider clock)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(120);

    public async Task<ApprovalEnd> RunAsync(ChangeRequest request, Actor approver, bool overrideDenial, CancellationToken cancellationToken)
    {
        if (!request.IsOpen)
        {
            Say(ChangeWords.Sentence(request.State));
            Say(request.Outcome ?? "");
            return new ApprovalEnd(request.State, Refused: false);
        }

        if (request.State == ChangeRequestState.Pending)
        {
            if (!await new ApprovalPrompt(terminal, ink, clock).AskAsync(request, overrideDenial, cancellationToken))
            {
                return new ApprovalEnd(ChangeRequestState.Pending, Refused: false);
            }

            if (!await ApproveAsync(request, approver, overrideDenial, cancellationToken))
            {
                return new ApprovalEnd((await desk.ShowAsync(request.Id, cancellationToken) ?? request).State, Refused: true);
            }
        }

        var result = await ExecuteAsync(request, cancellationToken);
        var after = await desk.ShowAsync(request.Id, cancellationToken) ?? request;
        var good = after.State == ChangeRequestState.Succeeded;
        terminal.Write(ink.On((good ? "✓ " : "✗ ") + ChangeWords.Sentence(after.State), good ? Look.Green | Look.Bold : Look.Red | Look.Bold) + "\n");
        Say(after.Outcome ?? Explain(result));
        return new ApprovalEnd(after.State, Refused: false);
    }

    private async Task<bool> ApproveAsync(ChangeRequest request, Actor approver, bool overrideDenial, CancellationToken cancellationToken)
    {
        var outcome = await desk.ApproveAsync(request.Id, approver, overrideDenial, cancellationToken);
        if (!outcome.Accepted)
        {
            terminal.Write(ink.On("✗ Not approved. ", Look.Red | Look.Bold) + SafeText.Line(outcome.Message)
                + (outcome.Rule.Length > 0 ? ink.Dim($" (rule: {SafeText.Line(outcome.Rule)})") : "") + "\n");
            return false;
        }

        terminal.Write(ink.On("✓ Approved", Look.Green) + $" by {SafeText.Line(approver.Id)}. Carrying it out.\n");
        return true;
    }

    private async Task<ToolResult> ExecuteAsync(ChangeRequest request, CancellationToken cancellationToken)
    {
        var status = new StatusLine(terminal, ink);
        var started = clock.GetTimestamp();
        var progress = new LatestProgress();
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = desk.ExecuteAsync(request.Id, progress, waiting.Token);
        while (!running.IsCompleted)
        {
            if (clock.GetElapsedTime(started) > TimeSpan.FromSeconds(1))
            {
                status.Show($"{Durations.Of(clock.GetElapsedTime(started))} {progress.Latest ?? request.Tool}");
            }

            await Task.WhenAny(running, Task.Delay(Tick, clock, CancellationToken.None));
            foreach (var message in progress.TakeNew())
            {
                status.Clear();
                terminal.Write(ink.Dim("  · " + SafeText.Line(message, Math.Max(20, terminal.Width - 5))) + "\n");
            }

            if (terminal.Keys.TryRead(out var key) && key.IsCtrl('c'))
            {
                await waiting.CancelAsync();
            }
        }

        status.Clear();
        try
        {
            return (await running).Result;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult.Failed("Stopped waiting. What is under way is not taken back; look again in a moment.", Retryable: false);
        }
    }

    private void Say(string text)
    {
        if (text.Length > 0)
        {
            terminal.Write("  " + SafeText.Lines(text).Replace("\n", "\n  ", StringComparison.Ordinal) + "\n");
        }
    }

    private static string Explain(ToolResult result) => result switch
    {
        ToolResult.Failed failed => failed.Explanation,
        ToolResult.Denied denied => $"{denied.Reason} (rule: {denied.Rule})",
        ToolResult.AwaitingApproval waiting => waiting.Question,
        _ => "",
    };
}

/// <param name="State">Where the request stands.</param>
/// <param name="Refused">A yes was given and not accepted: the wrong person, place or time.</param>
internal sealed record ApprovalEnd(ChangeRequestState State, bool Refused)
{
    public int ExitStatus => Refused ? Commands.ExitStatus.No : ChangeWords.ExitStatusOf(State);
}
