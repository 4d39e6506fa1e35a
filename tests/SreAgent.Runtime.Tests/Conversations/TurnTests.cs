using Microsoft.Extensions.AI;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Conversations;

public sealed class TurnTests
{
    private static readonly Tool Look = TestTool.Read("test_look", arguments => new { seen = arguments.Value.ToString() });

    [Fact]
    public async Task Text_streams_in_the_pieces_the_model_gave()
    {
        using var talk = new ConversationDriver(new ScriptedModel().ThenSay("All ", "is ", "quiet."), []);
        var turn = await talk.SayAsync("how is it?");
        Assert.Equal(["All ", "is ", "quiet."], turn.Events.OfType<TurnEvent.TextDelta>().Select(delta => delta.Text));
        Assert.Equal(TurnEnd.Answered, turn.End);
    }

    [Fact]
    public async Task A_call_is_run_and_its_result_reaches_the_model_fenced()
    {
        var model = new ScriptedModel().ThenCall("test_look", new { at = "checkout" }).ThenSay("Seen.");
        using var talk = new ConversationDriver(model, [Look]);
        var turn = await talk.SayAsync("look");
        Assert.Equal("Seen.", turn.Text);
        var result = Assert.Single(model.Requests[1].SelectMany(message => message.Contents).OfType<FunctionResultContent>());
        Assert.Matches("^<outside-text-[0-9a-f]{16} from=\"test_look\"", result.Result!.ToString());
        Assert.Contains("checkout", result.Result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_of_one_reply_run_side_by_side()
    {
        var both = new CountdownEvent(2);
        var together = new TaskCompletionSource();
        var meet = TestTool.Read("test_meet", async (_, token) =>
        {
            if (both.Signal())
            {
                together.SetResult();
            }

            await together.Task.WaitAsync(TimeSpan.FromSeconds(20), token);
            return TestTool.Found("test_meet", new { met = true });
        });
        var model = new ScriptedModel().Then(ScriptedModel.CallContent("test_meet", new { n = 1 }, "a"), ScriptedModel.CallContent("test_meet", new { n = 2 }, "b")).ThenSay("Met.");
        using var talk = new ConversationDriver(model, [meet]);
        var turn = await talk.SayAsync("meet");
        Assert.Equal(TurnEnd.Answered, turn.End);
        Assert.All(turn.Outcomes, outcome => Assert.IsType<ToolResult.Found>(outcome.Result));
    }

    [Fact]
    public async Task No_more_reads_run_at_once_than_the_settings_allow()
    {
        var running = 0;
        var most = 0;
        var gate = new Lock();
        var look = TestTool.Read("test_look", async (_, token) =>
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            await Task.Delay(20, token);
            lock (gate)
            {
                running--;
            }

            return TestTool.Found("test_look", 1);
        });
        AIContent[] calls = [.. Enumerable.Range(0, 8).Select(i => ScriptedModel.CallContent("test_look", new { i }, $"c{i}"))];
        using var talk = new ConversationDriver(new ScriptedModel().Then(calls).ThenSay("Done."), [look], new() { ["Agent:ParallelReads"] = "2" });
        await talk.SayAsync("look everywhere");
        Assert.InRange(most, 1, 2);
    }

    [Fact]
    public async Task Writes_run_one_after_the_other_in_the_order_of_the_reply()
    {
        List<string> order = [];
        var write = TestTool.Write("test_write", async (arguments, _) =>
        {
            var what = arguments.GetString("what")!;
            order.Add($"{what} begins");
            await Task.Yield();
            order.Add($"{what} ends");
            return TestTool.Found("test_write", what);
        });
        var model = new ScriptedModel()
            .Then(ScriptedModel.CallContent("test_write", new { what = "first" }, "a"), ScriptedModel.CallContent("test_write", new { what = "second" }, "b"))
            .ThenSay("Written.");
        using var talk = new ConversationDriver(model, [write]);
        await talk.SayAsync("write");
        Assert.Equal(["first begins", "first ends", "second begins", "second ends"], order);
    }

    [Fact]
    public async Task Every_call_gets_exactly_one_result_even_if_ids_are_empty_repeated_or_odd()
    {
        var model = new ScriptedModel()
            .Then(
                ScriptedModel.CallContent("test_look", new { n = 1 }, ""), ScriptedModel.CallContent("test_look", new { n = 2 }, "same"),
                ScriptedModel.CallContent("test_look", new { n = 3 }, "same"), ScriptedModel.CallContent("test_look", new { n = 4 }, "odd id/+"))
            .ThenCall("test_look", new { n = 5 }, "same")
            .ThenSay("Done.");
        using var talk = new ConversationDriver(model, [Look]);
        await talk.SayAsync("look");
        History.AssertWhole(model.Requests[2]);
        Assert.Equal(5, model.Requests[2].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Count());
        Assert.Equal(5, talk.Invoker.Calls.Count);
    }

    [Fact]
    public async Task Arguments_that_cannot_be_read_are_answered_and_not_run()
    {
        var broken = new FunctionCallContent("a", "test_look") { Exception = new System.Text.Json.JsonException("Expected a value.") };
        var model = new ScriptedModel().Then(broken).ThenSay("Sorry.");
        using var talk = new ConversationDriver(model, [Look]);
        var turn = await talk.SayAsync("look");
        Assert.Empty(talk.Invoker.Calls);
        Assert.Contains("could not be read", Assert.IsType<ToolResult.Failed>(Assert.Single(turn.Outcomes).Result).Explanation, StringComparison.Ordinal);
        History.AssertWhole(model.Requests[1]);
    }

    [Fact]
    public async Task An_unknown_tool_is_answered_and_its_name_cannot_spoil_the_history()
    {
        var model = new ScriptedModel().ThenCall("test.look; drop", new { }).ThenSay("Sorry.");
        using var talk = new ConversationDriver(model, [Look]);
        var turn = await talk.SayAsync("look");
        Assert.Contains("There is no tool", Assert.IsType<ToolResult.Failed>(Assert.Single(turn.Outcomes).Result).Explanation, StringComparison.Ordinal);
        var call = Assert.Single(model.Requests[1].SelectMany(message => message.Contents).OfType<FunctionCallContent>());
        Assert.Equal("test_look__drop", call.Name);
    }

    [Fact]
    public async Task An_identical_read_is_refused_with_the_call_that_answered_it()
    {
        var model = new ScriptedModel().ThenCall("test_look", new { b = 2, a = 1 }, "first").ThenCall("test_look", new { a = 1, b = 2 }, "second").ThenSay("Right.");
        using var talk = new ConversationDriver(model, [Look]);
        var turn = await talk.SayAsync("look twice");
        Assert.Single(talk.Invoker.Calls);
        Assert.Contains("result of call first", Assert.IsType<ToolResult.Denied>(turn.Outcomes[1].Result).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_read_after_a_write_is_served_again()
    {
        var write = TestTool.Write("test_write", (_, _) => Task.FromResult(TestTool.Found("test_write", 1)));
        var model = new ScriptedModel().ThenCall("test_look").ThenCall("test_write").ThenCall("test_look").ThenSay("Changed.");
        using var talk = new ConversationDriver(model, [Look, write]);
        await talk.SayAsync("look, write, look");
        Assert.Equal(["test_look", "test_write", "test_look"], talk.Invoker.Calls.Select(call => call.Tool));
    }

    [Fact]
    public async Task Identical_writes_are_never_refused_as_repetitions()
    {
        var write = TestTool.Write("test_write", (_, _) => Task.FromResult(TestTool.Found("test_write", 1)));
        var model = new ScriptedModel().ThenCall("test_write").ThenCall("test_write").ThenSay("Twice.");
        using var talk = new ConversationDriver(model, [write]);
        await talk.SayAsync("write twice");
        Assert.Equal(2, talk.Invoker.Calls.Count);
    }

    [Fact]
    public async Task What_could_not_be_looked_at_is_a_gap_and_what_could_later_is_none()
    {
        var attempts = 0;
        var flaky = TestTool.Read("test_flaky", (_, _) => Task.FromResult<ToolResult>(
            ++attempts == 1 ? new ToolResult.Failed("connection refused", Retryable: true) : TestTool.Found("test_flaky", 1)));
        var dead = TestTool.Read("test_dead", (_, _) => Task.FromResult<ToolResult>(new ToolResult.Failed("nobody listens", Retryable: true)));
        var model = new ScriptedModel().ThenCall("test_flaky").ThenCall("test_dead").ThenCall("test_flaky").ThenSay("Half.");
        using var talk = new ConversationDriver(model, [flaky, dead]);
        var turn = await talk.SayAsync("look");
        Assert.Equal("test_dead: nobody listens", Assert.Single(turn.Finished.Gaps));
    }

    [Fact]
    public async Task A_tool_that_breaks_the_host_still_answers_its_call()
    {
        var bad = TestTool.Read("test_bad", (_, _) => throw new InvalidOperationException("secret details"));
        var model = new ScriptedModel().ThenCall("test_bad").ThenSay("Noted.");
        using var talk = new ConversationDriver(model, [bad]);
        var turn = await talk.SayAsync("try");
        Assert.Equal(TurnEnd.Answered, turn.End);
        Assert.DoesNotContain("secret details", Assert.Single(turn.Outcomes).Text, StringComparison.Ordinal);
        History.AssertWhole(model.Requests[1]);
    }

    [Fact]
    public async Task A_secret_the_person_types_does_not_reach_the_model()
    {
        var model = new ScriptedModel().ThenSay("Fine.");
        using var talk = new ConversationDriver(model, []);
        await talk.SayAsync("my token is ghp_0123456789abcdefghijABCDEFGHIJ012345");
        Assert.DoesNotContain("ghp_0123", model.Requests[0][^1].Text, StringComparison.Ordinal);
        Assert.Contains("[redacted:", model.Requests[0][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_persona_and_its_mode_speak_from_the_instructions()
    {
        var model = new ScriptedModel().ThenSay("One.").ThenSay("Two.");
        using var talk = new ConversationDriver(model, []);
        await talk.SayAsync("hello");
        Assert.Equal("You are kai.", model.LastOptions!.Instructions);
        await talk.Service.SwitchPersonaAsync(talk.Id, "sre:firefighter", TestContext.Current.CancellationToken);
        await talk.SayAsync("and now?");
        Assert.Equal("You are sre. As firefighter.", model.LastOptions.Instructions);
        Assert.Equal("One.", model.Requests[1][1].Text);
    }

    [Fact]
    public async Task An_unknown_persona_is_refused_with_those_there_are()
    {
        using var talk = new ConversationDriver(new ScriptedModel(), []);
        var refused = await Assert.ThrowsAsync<ToolException>(() => talk.Service.StartAsync(ConversationDriver.Ada, "nobody", CancellationToken.None));
        Assert.Equal("There is no persona 'nobody'. There are: kai, sre.", refused.Message);
    }

    [Fact]
    public async Task Clearing_forgets_what_was_said_and_keeps_the_conversation()
    {
        var model = new ScriptedModel().ThenSay("One.").ThenSay("Two.");
        using var talk = new ConversationDriver(model, []);
        await talk.SayAsync("remember the milk");
        await talk.Service.ClearAsync(talk.Id, TestContext.Current.CancellationToken);
        await talk.SayAsync("what did I say?");
        Assert.Equal("what did I say?", Assert.Single(model.Requests[1]).Text);
    }

    [Fact]
    public async Task A_conversation_is_titled_by_its_first_words()
    {
        using var talk = new ConversationDriver(new ScriptedModel().ThenSay("Yes."), []);
        await talk.SayAsync("why is  checkout\nslow?");
        Assert.Equal("why is checkout slow?", (await talk.Store.FindAsync(talk.Id, CancellationToken.None))!.Title);
        Assert.Matches("^c-[0-9]{8}-[0-9a-z]{4}$", talk.Id);
    }

    [Fact]
    public async Task Messages_of_one_conversation_wait_for_each_other()
    {
        var model = new ScriptedModel().ThenHang("thinking").ThenSay("second");
        using var talk = new ConversationDriver(model, []);
        using var cancel = new CancellationTokenSource();
        var first = talk.SayAsync("one", cancel.Token);
        await model.Hanging.Task;
        var second = talk.SayAsync("two");
        Assert.Single(model.Requests);
        await cancel.CancelAsync();
        Assert.Equal(TurnEnd.Cancelled, (await first).End);
        Assert.Equal("second", (await second).Text);
    }

    [Fact]
    public async Task A_message_to_no_conversation_ends_with_a_sentence()
    {
        using var talk = new ConversationDriver(new ScriptedModel(), []) { Id = "c-20200101-none" };
        var turn = await talk.SayAsync("hello?");
        Assert.Equal(TurnEnd.HostFailed, turn.End);
        Assert.Contains("c-20200101-none", turn.Finished.Explanation, StringComparison.Ordinal);
    }
}
