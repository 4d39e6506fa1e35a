using Microsoft.Extensions.AI;
using SreAgent.Core.Conversations;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Conversations;

/// <summary>A process killed at any moment leaves what had been stored by then; another one goes on from it.</summary>
public sealed class ResumeTests
{
    private readonly Tool _look = TestTool.Read("test_look", arguments => new { seen = arguments.Value.ToString() });
    private readonly Tool _write = TestTool.Write("test_write", (_, _) => Task.FromResult(TestTool.Found("test_write", 1)));

    [Fact]
    public async Task A_killed_turn_is_finished_by_the_next_process_and_nothing_is_run_twice()
    {
        var whole = new ScriptedModel()
            .Then(ScriptedModel.CallContent("test_look", new { n = 1 }, "a"), ScriptedModel.CallContent("test_write", null, "b"))
            .ThenSay("Done.");
        using var first = new ConversationDriver(whole, [_look, _write]);
        await first.SayAsync("look and write");
        var stored = await first.Store.MessagesAsync(first.Id, CancellationToken.None);

        // Cut the stored conversation after every single message and go on from there.
        for (var kept = 1; kept < stored.Count; kept++)
        {
            var store = new InMemoryConversationStore();
            await store.SaveAsync((await first.Store.FindAsync(first.Id, CancellationToken.None))!, CancellationToken.None);
            await store.AppendAsync(first.Id, [.. stored.Take(kept)], CancellationToken.None);
            var model = new ScriptedModel().ThenSay("Finished.");
            using var second = new ConversationDriver(model, [_look, _write], store: store) { Id = first.Id };
            var turn = await second.ResumeAsync();
            Assert.Equal(TurnEnd.Answered, turn.End);
            Assert.Empty(second.Invoker.Calls);
            Assert.Equal("look and write", model.Requests[0][0].Text);
            History.AssertWhole(model.Requests[0]);
        }
    }

    [Fact]
    public async Task A_call_cut_off_before_its_result_says_so()
    {
        var store = await KilledAfterReplyAsync("test_write");
        var model = new ScriptedModel().ThenSay("I look first.");
        using var talk = new ConversationDriver(model, [_look, _write], store: store) { Id = "c-1" };
        await talk.ResumeAsync();
        var result = model.Requests[0].SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single();
        Assert.Contains("Whether it took effect is not known", result.Result!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_raised_just_before_the_kill_is_found_again_and_waited_for()
    {
        var deploy = TestTool.Change("test_deploy", _ => TestTool.Found("test_deploy", 1));
        var desk = new InMemoryApprovalDesk();
        var store = new InMemoryConversationStore();
        using (var killed = new ConversationDriver(new ScriptedModel().ThenCall("test_deploy", null, "call-1"), [deploy], store: store, desk: desk))
        {
            killed.Id = "c-1";
            await store.SaveAsync(new Conversation("c-1", "kai", "os:ada", "", default, default), CancellationToken.None);
            store.BeforeAppend = message => _ = message.Role is "held" or "end" ? throw new IOException("killed here") : 0;
            await killed.SayAsync("deploy");
            store.BeforeAppend = null;
        }

        var model = new ScriptedModel().ThenSay("Deployed.");
        using var talk = new ConversationDriver(model, [deploy], store: store, desk: desk) { Id = "c-1" };
        var resumed = await talk.ResumeAsync();
        Assert.Equal(TurnEnd.AwaitingApproval, resumed.End);
        await desk.ApproveAsync(Assert.Single(resumed.Finished.PendingChanges), ConversationDriver.Ada, overrideDenial: false, CancellationToken.None);
        Assert.Equal("Deployed.", (await talk.ResumeAsync()).Text);
        Assert.Equal(1, desk.Executions);
    }

    [Fact]
    public async Task A_new_message_after_a_kill_repairs_the_history_too()
    {
        var store = await KilledAfterReplyAsync("test_look");
        var model = new ScriptedModel().ThenSay("Here.");
        using var talk = new ConversationDriver(model, [_look], store: store) { Id = "c-1" };
        Assert.Equal("Here.", (await talk.SayAsync("are you there?")).Text);
        History.AssertWhole(model.Requests[0]);
    }

    [Fact]
    public async Task A_message_this_version_cannot_read_does_not_lose_the_rest()
    {
        var store = await KilledAfterReplyAsync("test_look");
        await store.AppendAsync("c-1", [new StoredMessage(3, "assistant", "{not json", default), new StoredMessage(4, "hologram", "{}", default)], CancellationToken.None);
        var model = new ScriptedModel().ThenSay("Here.");
        using var talk = new ConversationDriver(model, [_look], store: store) { Id = "c-1" };
        Assert.Equal("Here.", (await talk.ResumeAsync()).Text);
    }

    private static async Task<InMemoryConversationStore> KilledAfterReplyAsync(string tool)
    {
        var store = new InMemoryConversationStore();
        await store.SaveAsync(new Conversation("c-1", "kai", "os:ada", "", default, default), CancellationToken.None);
        var call = new ModelCall("call-1", tool, System.Text.Json.JsonElement.Parse("{}"));
        await store.AppendAsync(
            "c-1",
            [
                EntryJson.Write(new NumberedEntry(1, new ConversationEntry.Said("os:ada", "do it")), default),
                EntryJson.Write(new NumberedEntry(2, new ConversationEntry.Replied("scripted", [new ReplyPart(Call: call)], CutOff: false)), default),
            ],
            CancellationToken.None);
        return store;
    }
}
