using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SreAgent.Testing;

/// <summary>
/// A model that says what the test wrote. Each request takes the next line of the script; what it was sent is kept for assertions.
/// </summary>
public sealed class ScriptedModel : IChatClient
{
    private readonly Queue<Func<IReadOnlyList<ChatMessage>, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>>> _script = new();
    private readonly List<IReadOnlyList<ChatMessage>> _requests = [];

    /// <summary>Every request so far, oldest first.</summary>
    public IReadOnlyList<IReadOnlyList<ChatMessage>> Requests => _requests;

    public ChatOptions? LastOptions { get; private set; }

    /// <summary>Completes when a reply made by <see cref="ThenHang"/> has begun.</summary>
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedModel ThenSay(params string[] chunks) => Then(_ => chunks.Select(Text));

    public ScriptedModel ThenCall(string tool, object? arguments = null, string? id = null) => Then(_ => [Call(tool, arguments, id ?? $"c{_requests.Count}")]);

    /// <summary>Any mixture of contents, one update each.</summary>
    public ScriptedModel Then(params AIContent[] contents) => Then(_ => contents.Select(Update));

    public ScriptedModel Then(Func<IReadOnlyList<ChatMessage>, IEnumerable<ChatResponseUpdate>> reply)
    {
        _script.Enqueue((messages, _) => reply(messages).ToAsyncEnumerable());
        return this;
    }

    /// <summary>Says something, perhaps, and then breaks.</summary>
    public ScriptedModel ThenThrow(Exception exception, params string[] chunksBefore)
    {
        _script.Enqueue((_, _) => Break(exception, chunksBefore));
        return this;
    }

    /// <summary>Says something, perhaps, and then nothing until it is cancelled.</summary>
    public ScriptedModel ThenHang(params string[] chunksBefore)
    {
        _script.Enqueue((_, token) => Hang(chunksBefore, token));
        return this;
    }

    /// <summary>The same reply for the rest of the script.</summary>
    public Func<IReadOnlyList<ChatMessage>, IEnumerable<ChatResponseUpdate>>? Afterwards { get; init; }

    public static ChatResponseUpdate Text(string text) => Update(new TextContent(text));

    public static ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]);

    public static ChatResponseUpdate Call(string tool, object? arguments, string id) => Update(CallContent(tool, arguments, id));

    public static FunctionCallContent CallContent(string tool, object? arguments, string id) =>
        new(id, tool, arguments?.GetType().GetProperties().ToDictionary(property => property.Name, property => property.GetValue(arguments)));

    public static ChatResponseUpdate Usage(long input, long output) =>
        Update(new UsageContent(new UsageDetails { InputTokenCount = input, OutputTokenCount = output }));

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var sent = messages.ToArray();
        _requests.Add(sent);
        LastOptions = options;
        if (_script.TryDequeue(out var reply))
        {
            return reply(sent, cancellationToken);
        }

        return Afterwards is null
            ? throw new InvalidOperationException($"The script ends before request {_requests.Count}.")
            : Afterwards(sent).ToAsyncEnumerable();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Break(Exception exception, string[] before)
    {
        foreach (var chunk in before)
        {
            yield return Text(chunk);
        }

        await Task.Yield();
        throw exception;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> Hang(string[] before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var chunk in before)
        {
            yield return Text(chunk);
        }

        Hanging.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }
}
