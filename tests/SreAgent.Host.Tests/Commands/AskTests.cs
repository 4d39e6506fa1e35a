using SreAgent.Core.Changes;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Host.Tests.Terminal;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Commands;

public sealed class AskTests
{
    private static readonly TimeRange Window = TimeRange.Last(TimeSpan.FromHours(1), ChangeRequestBuilder.Midnight);

    [Fact]
    public async Task The_answer_as_json()
    {
        var host = Scripted();

        Assert.Equal(4, await host.RunAsync("ask", "--json", "roll", "back", "checkout"));
        Snapshot.Verify(host.Console.Said, extension: "json");
    }

    [Fact]
    public async Task The_answer_goes_to_standard_output_and_all_else_to_standard_error()
    {
        var host = Scripted();
        await host.RunAsync("ask", "roll back checkout");

        Snapshot.Verify($"{host.Console.Said}=====\n{host.Console.Complained}");
    }

    [Theory]
    [InlineData(TurnEnd.Answered, 0)]
    [InlineData(TurnEnd.ModelFailed, 3)]
    [InlineData(TurnEnd.StepCap, 1)]
    [InlineData(TurnEnd.AwaitingApproval, 4)]
    public async Task The_exit_status_says_how_the_turn_ended(TurnEnd end, int wanted)
    {
        var host = new HostDriver();
        host.Conversations.On("hello", new TurnEvent.TextDelta("Hello."), RehearsedConversations.Done(end));

        Assert.Equal(wanted, await host.RunAsync("ask", "hello"));
    }

    [Fact]
    public async Task A_question_may_come_from_a_pipe()
    {
        var host = new HostDriver();
        await host.RunAsync(new CapturedConsole("what is\nfiring?"), "ask", "-");

        Assert.Equal("what is\nfiring?", host.Conversations.Received.Single().Text);
    }

    [Fact]
    public async Task Piped_lines_are_turns_and_leave_no_prompt_behind()
    {
        var host = new HostDriver();
        host.Conversations.On("broken", RehearsedConversations.Done(TurnEnd.ModelFailed));

        Assert.Equal(3, await host.RunAsync(new CapturedConsole("one\n\nbroken\n"), "chat"));
        Assert.Equal("You said: one\n", host.Console.Said);
        Assert.Contains("chat --resume c-20261120-7k2m", host.Console.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_piped_line_never_approves()
    {
        var host = new HostDriver();
        host.Desk.Add(ChangeRequestBuilder.Rollback());
        await host.RunAsync(new CapturedConsole("/approve chg-7k2m9qx4ht\ncheckout-prod\n"), "chat");

        Assert.Equal(ChangeRequestState.Pending, (await host.Desk.ShowAsync(new ChangeRequestId("chg-7k2m9qx4ht"), CancellationToken.None))!.State);
        Assert.Contains("left out", host.Console.Complained, StringComparison.Ordinal);
    }

    private static HostDriver Scripted()
    {
        var host = new HostDriver();
        var request = ChangeRequestBuilder.Rollback();
        host.Desk.Add(request);
        var query = RehearsedConversations.Call("prometheus_query", new { query = "up" });
        var evidence = new Evidence("prometheus", "up") { Range = Window, Link = new Uri("http://p/graph?g0.expr=up"), Notes = ["step raised to 30s"] };
        host.Conversations.On("roll back",
            new TurnEvent.ToolStarted(query),
            new TurnEvent.ToolFinished(new ToolOutcome(query, new ToolResult.Found(new { a = 1 }, evidence), "{}", TimeSpan.FromMilliseconds(412))),
            new TurnEvent.TextDelta("It is **down**.\n\nI asked for"),
            new TurnEvent.TextDelta(" a rollback."),
            new TurnEvent.ApprovalNeeded("call-2", request),
            RehearsedConversations.Done(TurnEnd.AwaitingApproval, "traces: not connected") with { PendingChanges = [request.Id] });
        return host;
    }
}
