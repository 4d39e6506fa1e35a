using System.Globalization;
using Microsoft.Extensions.AI;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Conversations;

public sealed class BudgetTests
{
    private static readonly Tool Look = TestTool.Read("test_look", arguments => new { seen = arguments.Value.ToString() });

    [Fact]
    public async Task A_turn_ends_at_the_step_cap_and_the_conversation_goes_on_from_there()
    {
        var step = 0;
        var model = new ScriptedModel { Afterwards = _ => [ScriptedModel.Call("test_look", new { n = step++ }, "x")] };
        using var talk = new ConversationDriver(model, [Look], new() { ["Agent:MaxSteps"] = "3" });
        var turn = await talk.SayAsync("look forever");
        Assert.Equal(TurnEnd.StepCap, turn.End);
        Assert.Equal(3, turn.Finished.Usage.Steps);
        Assert.Equal(TurnEnd.StepCap, (await talk.SayAsync("go on")).End);
        History.AssertWhole(model.Requests[^1]);
    }

    [Fact]
    public async Task A_turn_ends_before_a_request_that_would_exceed_the_token_budget()
    {
        var model = new ScriptedModel().Then(_ => [ScriptedModel.Call("test_look", null, "a"), ScriptedModel.Usage(900, 90)]);
        using var talk = new ConversationDriver(model, [Look], new() { ["Agent:MaxTokensPerTurn"] = "1000" });
        var turn = await talk.SayAsync("look");
        Assert.Equal(TurnEnd.TokenBudget, turn.End);
        Assert.Equal(990, turn.Finished.Usage.InputTokens + turn.Finished.Usage.OutputTokens);
    }

    [Fact]
    public async Task A_turn_ends_when_its_time_is_up_while_the_model_thinks()
    {
        var model = new ScriptedModel().ThenHang("Let me").ThenSay("Again.");
        using var talk = new ConversationDriver(model, [], new() { ["Agent:MaxTurnSeconds"] = "1" });
        var turn = await talk.SayAsync("hurry");
        Assert.Equal(TurnEnd.TimeBudget, turn.End);
        Assert.Equal("Again.", (await talk.SayAsync("go on")).Text);
        Assert.Equal("Let me", model.Requests[1][1].Text);
    }

    [Fact]
    public async Task A_turn_ends_when_its_time_is_up_while_a_tool_runs()
    {
        var slow = TestTool.Read("test_slow", async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return TestTool.Found("test_slow", 1);
        });
        var model = new ScriptedModel().ThenCall("test_slow").ThenSay("Again.");
        using var talk = new ConversationDriver(model, [slow], new() { ["Agent:MaxTurnSeconds"] = "1" });
        Assert.Equal(TurnEnd.TimeBudget, (await talk.SayAsync("hurry")).End);
        await talk.SayAsync("go on");
        History.AssertWhole(model.Requests[1]);
    }

    [Fact]
    public async Task Cancelling_mid_calls_answers_each_of_them_and_keeps_what_was_found()
    {
        var begun = new TaskCompletionSource();
        var slow = TestTool.Write("test_slow", async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return TestTool.Found("test_slow", 1);
        });
        var model = new ScriptedModel()
            .Then(ScriptedModel.CallContent("test_look", new { n = 1 }, "a"), ScriptedModel.CallContent("test_slow", null, "b"), ScriptedModel.CallContent("test_look", new { n = 2 }, "c"))
            .ThenSay("Again.");
        using var talk = new ConversationDriver(model, [Look, slow]);
        using var cancel = new CancellationTokenSource();
        var first = talk.SayAsync("work", cancel.Token);
        await begun.Task;
        await cancel.CancelAsync();
        Assert.Equal(TurnEnd.Cancelled, (await first).End);
        Assert.Equal("Again.", (await talk.SayAsync("and?")).Text);
        History.AssertWhole(model.Requests[1]);
        var results = model.Requests[1].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Select(result => result.Result!.ToString()!).ToArray();
        Assert.Contains("seen", results[0], StringComparison.Ordinal);
        Assert.Contains("not known", results[1], StringComparison.Ordinal);
        Assert.Contains("Nothing was done", results[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_stops_listening_stops_the_turn()
    {
        var model = new ScriptedModel().ThenHang("one").ThenSay("two");
        using var talk = new ConversationDriver(model, []);
        talk.Id = (await talk.Service.StartAsync(ConversationDriver.Ada, persona: null, CancellationToken.None)).Id;
        await foreach (var happened in talk.Service.HandleAsync(new InboundMessage(talk.Id, ConversationDriver.Ada, "hello"), CancellationToken.None))
        {
            if (happened is TurnEvent.TextDelta)
            {
                break;
            }
        }

        Assert.Equal("two", (await talk.SayAsync("still there?")).Text);
    }

    [Fact]
    public async Task Tokens_and_cost_are_the_providers_figures_where_it_gives_them()
    {
        var model = new ScriptedModel().Then(_ => [ScriptedModel.Text("Hi."), ScriptedModel.Usage(1_000_000, 200_000)]);
        using var talk = new ConversationDriver(model, [], new() { ["Agent:MaxTokensPerTurn"] = "5000000" }, price: new ModelPrice(3m, 15m));
        var usage = (await talk.SayAsync("hi")).Finished.Usage;
        Assert.Equal(6m, usage.Cost);
        Assert.False(usage.Estimated);
    }

    [Fact]
    public async Task Tokens_are_estimated_and_called_so_where_the_provider_is_silent()
    {
        using var talk = new ConversationDriver(new ScriptedModel().ThenSay("four byte"), []);
        var usage = (await talk.SayAsync("hi")).Finished.Usage;
        Assert.True(usage.Estimated);
        Assert.Equal(3, usage.OutputTokens);
        Assert.True(usage.InputTokens > 0);
        Assert.Null(usage.Cost);
    }

    [Fact]
    public async Task A_passing_failure_is_retried_with_a_notice_and_nothing_is_said_twice()
    {
        var model = new ScriptedModel()
            .ThenThrow(new ModelException("The model is overloaded.") { Failure = ModelFailure.Unavailable, RetryAfter = TimeSpan.FromMilliseconds(1) }).ThenSay("Here.");
        using var talk = new ConversationDriver(model, []);
        var turn = await talk.SayAsync("hello");
        Assert.Equal("Here.", turn.Text);
        Assert.Contains("overloaded", Assert.Single(turn.Events.OfType<TurnEvent.Notice>()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_kept_as_far_as_it_came_and_not_repeated()
    {
        var model = new ScriptedModel().ThenThrow(new ModelException("The connection was lost.") { Failure = ModelFailure.Unreachable }, "Checkout is ", "slow because").ThenSay("…of the database.");
        using var talk = new ConversationDriver(model, []);
        var turn = await talk.SayAsync("why?");
        Assert.Equal("Checkout is slow because", turn.Text);
        Assert.Equal(TurnEnd.ModelFailed, turn.End);
        Assert.Equal("The connection was lost.", turn.Finished.Explanation);
        await talk.SayAsync("go on");
        Assert.Equal(["why?", "Checkout is slow because", "go on"], model.Requests[1].Select(message => message.Text));
    }

    [Fact]
    public async Task A_call_of_a_reply_that_broke_off_is_never_run()
    {
        var model = new ScriptedModel().Then(_ => Broken()).ThenSay("fine");
        using var talk = new ConversationDriver(model, [Look]);
        Assert.Equal(TurnEnd.ModelFailed, (await talk.SayAsync("look")).End);
        Assert.Empty(talk.Invoker.Calls);

        static IEnumerable<ChatResponseUpdate> Broken()
        {
            yield return ScriptedModel.Text("I look.");
            yield return ScriptedModel.Call("test_look", null, "a");
            throw new ModelException("The connection was lost.") { Failure = ModelFailure.Unreachable };
        }
    }

    [Fact]
    public async Task A_model_that_keeps_failing_ends_the_turn_with_its_sentence()
    {
        var failure = new ModelException("The key was refused (401). Set Models:ApiKey.") { Failure = ModelFailure.NotAllowed };
        using var talk = new ConversationDriver(new ScriptedModel().ThenThrow(failure), []);
        var turn = await talk.SayAsync("hello");
        Assert.Equal(TurnEnd.ModelFailed, turn.End);
        Assert.Equal(failure.Message, turn.Finished.Explanation);
    }

    [Fact]
    public async Task A_model_that_answers_nothing_is_asked_again_and_then_given_up()
    {
        var model = new ScriptedModel { Afterwards = _ => [] };
        var clock = new ImpatientClock();
        using var talk = new ConversationDriver(model, [], clock: clock);
        var turn = await talk.SayAsync("hello");
        Assert.Equal(TurnEnd.ModelFailed, turn.End);
        Assert.Equal(3, model.Requests.Count);
    }

    [Fact]
    public async Task A_history_too_long_for_the_model_is_shortened_and_asked_once_more()
    {
        var big = TestTool.Read("test_big", _ => new { text = new string('x', 9_000) });
        var model = new ScriptedModel().ThenCall("test_big").ThenSay("One.")
            .ThenThrow(new ModelException("Too long.") { Failure = ModelFailure.ContextTooLong }).ThenSay("Two.");
        using var talk = new ConversationDriver(model, [big]);
        await talk.SayAsync("fetch");
        var turn = await talk.SayAsync("and?");
        Assert.Equal("Two.", turn.Text);
        Assert.True(model.Requests[3].Sum(TokenEstimate.Of) < model.Requests[2].Sum(TokenEstimate.Of) / 2);
        History.AssertWhole(model.Requests[3]);
    }

    [Fact]
    public async Task A_full_disk_ends_the_turn_and_runs_nothing()
    {
        var store = new InMemoryConversationStore();
        var model = new ScriptedModel().ThenCall("test_look").ThenSay("Later.");
        using var talk = new ConversationDriver(model, [Look], store: store);
        store.BeforeAppend = message => _ = message.Role == "assistant" ? throw new IOException("No space left on device") : 0;
        var turn = await talk.SayAsync("look");
        Assert.Equal(TurnEnd.HostFailed, turn.End);
        Assert.Empty(talk.Invoker.Calls);
        store.BeforeAppend = null;
        Assert.Equal("Later.", (await talk.SayAsync("again")).Text);
    }

    [Fact]
    public async Task A_very_long_message_is_kept_whole_and_shown_in_part()
    {
        var model = new ScriptedModel().ThenSay("Long.");
        using var talk = new ConversationDriver(model, [], new() { ["Agent:ContextTokens"] = "4000" });
        await talk.SayAsync("begin " + new string('m', 100_000) + " end");
        var sent = model.Requests[0][0].Text;
        Assert.InRange(sent.Length, 4_000, 4_400);
        Assert.Contains("res-1", sent, StringComparison.Ordinal);
        Assert.EndsWith(" end", sent, StringComparison.Ordinal);
        Assert.Equal(100_010, (await talk.Results.FindAsync("res-1", CancellationToken.None))!.Text.Length);
    }

    [Fact]
    public void Every_mistake_of_the_section_is_named_at_once()
    {
        var problems = new AgentOptionsCheck().Validate(null, new AgentOptions { MaxSteps = 0, ContextTokens = 5 }).Failures!.ToArray();
        Assert.Equal(["Agent:MaxSteps is 0; it takes 1 to 200.", string.Create(CultureInfo.InvariantCulture, $"Agent:ContextTokens is 5; it takes 2000 to 10000000.")], problems);
    }

    /// <summary>Every wait is over at once.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < TimeSpan.FromMinutes(1) && dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
