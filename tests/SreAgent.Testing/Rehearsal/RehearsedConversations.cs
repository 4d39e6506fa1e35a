using System.Runtime.CompilerServices;
using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Conversations;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Testing.Rehearsal;

/// <summary>Answers by script: the first part whose trigger the message contains plays; without one, the message is echoed.</summary>
public sealed class RehearsedConversations(TimeProvider clock, InMemoryConversationStore store) : IConversationService
{
    private readonly List<(string Trigger, Func<string, CancellationToken, IAsyncEnumerable<TurnEvent>> Part)> _parts = [];

    public List<InboundMessage> Received { get; } = [];

    public List<string> Resumed { get; } = [];

    /// <summary>What a resume plays. Nothing to go on with, unless set.</summary>
    public Func<string, CancellationToken, IAsyncEnumerable<TurnEvent>>? OnResume { get; set; }

    public void On(string trigger, params TurnEvent[] events) => _parts.Add((trigger, (_, token) => Play(events, cancellationToken: token)));

    public void On(string trigger, Func<string, CancellationToken, IAsyncEnumerable<TurnEvent>> part) => _parts.Add((trigger, part));

    public static TurnEvent.Finished Done(TurnEnd end = TurnEnd.Answered, params string[] gaps) =>
        new(end, end == TurnEnd.Answered ? "" : "The model at http://127.0.0.1:9 did not answer.", new TurnUsage("built-in", 1200, 80, Cost: null, 2, TimeSpan.FromSeconds(1.5)), gaps, []);

    public async Task<Conversation> StartAsync(Actor actor, string? persona, CancellationToken cancellationToken)
    {
        if (persona is not null and not ("kai" or "sre"))
        {
            throw new ToolException($"There is no persona '{persona}'. There are kai, sre.");
        }

        var conversation = new Conversation("c-20261120-7k2m", persona ?? "kai", actor.Id, "", clock.GetUtcNow(), clock.GetUtcNow());
        await store.SaveAsync(conversation, cancellationToken);
        return conversation;
    }

    public async Task<Conversation> SwitchPersonaAsync(string conversationId, string persona, CancellationToken cancellationToken)
    {
        var conversation = (await store.FindAsync(conversationId, cancellationToken))! with { Persona = persona };
        await store.SaveAsync(conversation, cancellationToken);
        return conversation;
    }

    public IAsyncEnumerable<TurnEvent> HandleAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        Received.Add(message);
        var part = _parts.FirstOrDefault(part => message.Text.Contains(part.Trigger, StringComparison.OrdinalIgnoreCase)).Part;
        return part is null ? Play([new TurnEvent.TextDelta($"You said: {message.Text}"), Done()], cancellationToken: cancellationToken) : part(message.Text, cancellationToken);
    }

    public IAsyncEnumerable<TurnEvent> ResumeAsync(string conversationId, Actor actor, CancellationToken cancellationToken)
    {
        Resumed.Add(conversationId);
        return OnResume is { } part ? part(conversationId, cancellationToken) : Play([Done()], cancellationToken: cancellationToken);
    }

    public Task ClearAsync(string conversationId, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<ContextReport> ContextAsync(string conversationId, CancellationToken cancellationToken) =>
        Task.FromResult(new ContextReport([new ContextPart("instructions", 900), new ContextPart("tools", 3_100)], 120_000));

    public static async IAsyncEnumerable<TurnEvent> Play(IEnumerable<TurnEvent> events, TimeSpan pause = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var turnEvent in events)
        {
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, cancellationToken);
            }

            yield return turnEvent;
        }
    }

    public static ToolCall Call(string tool, object arguments) => new("call-1", tool, JsonSerializer.SerializeToElement(arguments, JsonSerializerOptions.Web));
}
