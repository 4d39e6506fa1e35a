using System.Runtime.CompilerServices;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Host.Terminal.Keys;
using SreAgent.Host.Tests.Commands;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Terminal;

public sealed class ChatSessionTests
{
    private readonly ScriptedTerminal _terminal = new();
    private readonly HostDriver _host = new();

    [Fact]
    public async Task A_question_is_answered_and_the_session_can_be_resumed()
    {
        var session = StartAsync();
        await _terminal.ShowsAsync("›");
        _terminal.Enter("hello");
        await _terminal.ShowsAsync("You said: hello");
        _terminal.Press(Key.Ctrl('d'));

        Assert.Equal(0, await session);
        Assert.Contains("sre-agent chat --resume c-20261120-7k2m", _terminal.Screen, StringComparison.Ordinal);
        Assert.Equal(0, _terminal.Holders);
    }

    [Fact]
    public async Task Ctrl_C_stops_the_turn_and_keeps_the_session_and_what_was_typed_meanwhile()
    {
        _host.Conversations.On("slow", (_, token) => Endless(token));
        var session = StartAsync();
        _terminal.Enter("slow");
        await _terminal.ShowsAsync("prometheus_query: reading");
        _terminal.Type("next");
        _terminal.Press(Key.Ctrl('c'));
        await _terminal.ShowsAsync("› next");
        _terminal.Press(new Key(KeyKind.Enter));
        await _terminal.ShowsAsync("You said: next");
        _terminal.Enter("/quit");

        Assert.Equal(0, await session);
        Assert.Contains("Stopped.", _terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_at_an_empty_prompt_says_how_to_leave()
    {
        var session = StartAsync();
        await _terminal.ShowsAsync("›");
        _terminal.Press(Key.Ctrl('c'));
        await _terminal.ShowsAsync("Ctrl+D or /quit");
        _terminal.Press(Key.Ctrl('d'));

        Assert.Equal(0, await session);
    }

    [Fact]
    public async Task A_yes_given_elsewhere_is_noticed_without_disturbing_the_line_being_typed()
    {
        var request = await WaitingAsync();
        _terminal.Type("half a que");
        await _terminal.ShowsAsync("› half a que");
        await _host.Desk.ApproveAsync(request.Id, new Actor("slack:U02BOB", Surface.Slack, IsHuman: true), overrideDenial: false, CancellationToken.None);
        await _host.Desk.ExecuteAsync(request.Id, new Progress<string>(), CancellationToken.None);
        await _terminal.ShowsAsync("It is through.");
        await _terminal.ShowsAsync("\n› half a que");
        _terminal.Enter("stion");
        await _terminal.ShowsAsync("You said: half a question");
        _terminal.Enter("/quit");
        await _session!;

        Assert.Contains("approved by slack:U02BOB", _terminal.Screen, StringComparison.Ordinal);
        Assert.Single(_host.Conversations.Resumed);
        Assert.DoesNotContain("half a que\nhalf", _terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approve_asks_for_the_phrase_carries_out_and_goes_on()
    {
        await WaitingAsync();
        _terminal.Enter("/approve");
        await _terminal.ShowsAsync("approve>");
        _terminal.Enter("checkout-prod");
        await _terminal.ShowsAsync("It is through.");
        _terminal.Enter("/quit");
        await _session!;

        Assert.Equal(1, _host.Desk.Executions);
        Assert.Single(_host.Conversations.Resumed);
        Assert.Contains("Done, and verified.", _terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deny_tells_the_reason_and_goes_on()
    {
        var request = await WaitingAsync();
        _terminal.Enter($"/deny {request.Id} not on a Friday");
        await _terminal.ShowsAsync("It is through.");
        _terminal.Enter("/quit");
        await _session!;

        Assert.Equal("not on a Friday", (await _host.Desk.ShowAsync(request.Id, CancellationToken.None))!.Outcome);
        Assert.Equal(0, _host.Desk.Executions);
    }

    [Fact]
    public async Task Resuming_shows_what_was_said_last()
    {
        var conversation = await _host.Conversations.StartAsync(OperatingSystemActor.Current(Surface.Terminal), "sre", CancellationToken.None);
        await _host.Store.AppendAsync(
            conversation.Id,
            [
                new StoredMessage(1, "user", """{"actor":"os:ada","text":"is it up?"}""", default),
                new StoredMessage(2, "tool", """{"text":"not shown"}""", default),
                new StoredMessage(3, "assistant", """{"model":"m","parts":[{"text":"It is \u001b[2Jup."}]}""", default),
            ],
            CancellationToken.None);
        var session = StartAsync("--resume");
        await _terminal.ShowsAsync("It is ␛[2Jup.");
        _terminal.Enter("/quit");
        await session;

        Assert.Contains("› is it up?", _terminal.Screen, StringComparison.Ordinal);
        Assert.Contains("SRE (sre)", _terminal.Screen, StringComparison.Ordinal);
        Assert.DoesNotContain("not shown", _terminal.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_breaks_leaves_the_session_standing()
    {
        _host.Conversations.On("break", (_, _) => throw new InvalidOperationException("store is locked"));
        var session = StartAsync();
        _terminal.Enter("break");
        await _terminal.ShowsAsync("store is locked");
        _terminal.Enter("hello");
        await _terminal.ShowsAsync("You said: hello");
        _terminal.Press(Key.Ctrl('d'));

        Assert.Equal(0, await session);
    }

    [Theory]
    [InlineData("/help", "/approve [ID]")]
    [InlineData("/persona", "▸ kai")]
    [InlineData("/persona sre", "SRE answers from here on.")]
    [InlineData("/persona kia", "Did you mean 'kai'?")]
    [InlineData("/tools", "0 tools")]
    [InlineData("/changes", "Nothing waits")]
    [InlineData("/approve", "Nothing waits")]
    [InlineData("/context", "of 120,000 tokens")]
    [InlineData("/clear", "Forgotten.")]
    [InlineData("/chnages", "Did you mean '/changes'?")]
    public async Task Commands_answer(string command, string wanted)
    {
        var session = StartAsync();
        await _terminal.ShowsAsync("›");
        _terminal.Enter(command);
        await _terminal.ShowsAsync(wanted);
        _terminal.Press(Key.Ctrl('d'));

        Assert.Equal(0, await session);
        Assert.Empty(_host.Conversations.Received);
    }

    private Task<int>? _session;

    private Task<int> StartAsync(params string[] more) => _session = _host.RunAsync(new CapturedConsole(terminal: _terminal), ["chat", .. more]);

    private async Task<ChangeRequest> WaitingAsync()
    {
        var request = ChangeRequestBuilder.Rollback(now: TimeProvider.System.GetUtcNow());
        _host.Desk.Add(request);
        _host.Conversations.On(
            "roll back", new TurnEvent.ApprovalNeeded("call-1", request), RehearsedConversations.Done(TurnEnd.AwaitingApproval) with { PendingChanges = [request.Id] });
        _host.Conversations.OnResume = (_, token) => RehearsedConversations.Play([new TurnEvent.TextDelta("It is through."), RehearsedConversations.Done()], cancellationToken: token);
        _ = StartAsync();
        _terminal.Enter("roll back");
        await _terminal.ShowsAsync("Waits for your yes");
        await _terminal.ShowsAsync("\n› ");
        return request;
    }

    private static async IAsyncEnumerable<TurnEvent> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = RehearsedConversations.Call("prometheus_query", new { query = "up" });
        yield return new TurnEvent.ToolStarted(call);
        yield return new TurnEvent.ToolProgressed(call.Id, "reading");
        await Task.Delay(Timeout.Infinite, cancellationToken);
        yield return new TurnEvent.Notice("never");
    }
}
