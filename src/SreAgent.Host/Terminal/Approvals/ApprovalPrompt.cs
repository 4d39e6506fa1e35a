using SreAgent.Core.Changes;
using SreAgent.Host.Approvals;
using SreAgent.Host.Terminal.Editing;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>
/// Asks the person at the terminal for exactly one change (G5): shows the plan, takes a phrase from it. What was typed before the plan
/// could be read does not count, and nothing is ever read from standard input.
/// </summary>
internal sealed class ApprovalPrompt(ITerminal terminal, Ink ink, TimeProvider clock)
{
    /// <returns>True when the phrase was typed.</returns>
    public async Task<bool> AskAsync(ChangeRequest request, bool overrideDenial, CancellationToken cancellationToken)
    {
        terminal.Write("\n");
        foreach (var line in ChangeCard.Lines(request, clock.GetUtcNow(), terminal.Width - 1, ink))
        {
            terminal.Write(line + "\n");
        }

        if (overrideDenial)
        {
            terminal.Write("\n" + ink.On("  You are also overriding a freeze or a spent error budget. The record will say that you did.", Look.Yellow | Look.Bold) + "\n");
        }

        var phrase = ApprovalPhrase.For(request);
        terminal.Write($"\nTo approve, type {ink.Bold(phrase)} and press Enter. Anything else, or Ctrl+C, leaves it as it is.\n");
        using var keys = terminal.TakeKeys();
        var reader = new LineReader(terminal, ink, static _ => Completion.None);
        reader.DiscardTypeAhead();
        var read = await reader.ReadAsync("approve> ", [], CancellationToken.None, cancellationToken);
        if (read is LineRead.Submitted submitted && ApprovalPhrase.Matches(submitted.Text, phrase))
        {
            return true;
        }

        terminal.Write(read is LineRead.Submitted { Text.Length: > 0 } ? $"That is not '{phrase}'. Nothing was approved.\n" : "Nothing was approved.\n");
        return false;
    }
}
