using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Tests.Terminal;

public class TurnViewTests
{
    [Fact]
    public void After_three_calls_told_in_full_the_others_are_a_line_each_unless_they_fail()
    {
        var terminal = new ScriptedTerminal { Width = 100 };
        var view = new TurnView(terminal, new Ink(colour: false), TimeProvider.System);

        for (var i = 1; i <= 5; i++)
        {
            view.Show(new TurnEvent.ToolFinished(Outcome(new ToolResult.Found(new { }, new Evidence("prometheus", $"question {i}")))));
        }

        view.Show(new TurnEvent.ToolFinished(Outcome(new ToolResult.Failed("Prometheus does not answer.", Retryable: true))));

        Assert.Contains("question 3", terminal.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("question 4", terminal.Screen, StringComparison.Ordinal);
        Assert.Equal(5, terminal.Screen.Split("✓ prometheus_query").Length - 1);
        Assert.Contains("Prometheus does not answer.", terminal.Screen, StringComparison.Ordinal);
    }

    private static ToolOutcome Outcome(ToolResult result) =>
        new(new ToolCall("call-1", "prometheus_query", JsonElement.Parse("{}")), result, "{}", TimeSpan.FromMilliseconds(5));
}
