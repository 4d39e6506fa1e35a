using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Conversations;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>
/// Answers when no model is configured: a fixed grammar, the same tools through the same gate, no guessing. It is deterministic and says
/// plainly what it is.
/// </summary>
internal sealed class BuiltInResponder(IServiceCatalogue services, ISkillCatalogue skills) : IChatClient
{
    private readonly Grammar _grammar = Grammar.WithAll(skills);

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var history = messages.ToArray();
        switch (Answer(history, options))
        {
            case Reply.Call calls:
                yield return new ChatResponseUpdate(ChatRole.Assistant, [.. calls.Calls.Select((call, i) =>
                    new FunctionCallContent($"builtin-{i + 1}", call.Tool, new Dictionary<string, object?>(call.Arguments, StringComparer.Ordinal)))]);
                break;
            case Reply.Say say:
                foreach (var line in say.Text.Split('\n').Select((line, i) => i == 0 ? line : "\n" + line))
                {
                    yield return new ChatResponseUpdate(ChatRole.Assistant, line);
                }

                break;
            default:
                break;
        }

        await Task.CompletedTask;
        yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 })])
        {
            FinishReason = ChatFinishReason.Stop,
        };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private Reply Answer(ChatMessage[] history, ChatOptions? options)
    {
        var asked = Array.FindLastIndex(history, message => message.Role == ChatRole.User && !IsNote(message));
        var since = history[(asked + 1)..];
        var news = since.Where(IsNote).Select(Told).ToArray();
        if (asked < 0 || since.Any(message => message.Role == ChatRole.Assistant && message.Text.Length > 0))
        {
            return new Reply.Say(news.Length > 0 ? string.Join("\n\n", news) : "There is nothing new.");
        }

        var tools = (options?.Tools ?? []).Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var request = _grammar.Recognise(history[asked].Text, Previous(history[..asked]));
        var reply = request.Next(new Exchange(Rounds(since), tools, services));
        if (reply is not Reply.Say say)
        {
            return reply;
        }

        var first = !history[..asked].Any(message => message.Role == ChatRole.Assistant || IsNote(message)) && request is not HelpRequest and not UnknownRequest;
        return new Reply.Say(string.Join("\n\n", [.. news, first ? $"{say.Text}\n\n_{HelpFamily.WhatIAm}_" : say.Text]));
    }

    private static bool IsNote(ChatMessage message) => message.AdditionalProperties?.ContainsKey(Projection.HostNote) == true;

    /// <summary>Calls since the request, one round for each message that made some.</summary>
    private static List<IReadOnlyList<Step>> Rounds(ChatMessage[] since)
    {
        var results = since.SelectMany(message => message.Contents).OfType<FunctionResultContent>()
            .ToDictionary(result => result.CallId, result => ToolAnswer.Read(result.Result?.ToString() ?? ""), StringComparer.Ordinal);
        return
        [
            .. since.Where(message => message.Role == ChatRole.Assistant)
                .Select(message => message.Contents.OfType<FunctionCallContent>().Where(call => results.ContainsKey(call.CallId))
                    .Select(call => new Step(call, results[call.CallId])).ToArray())
                .Where(round => round.Length > 0),
        ];
    }

    /// <summary>Where "more" goes on: the last handle any result named, and how far it had been read.</summary>
    private static (string Handle, int Offset)? Previous(ChatMessage[] before)
    {
        foreach (var result in before.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Reverse())
        {
            var answer = ToolAnswer.Read(result.Result?.ToString() ?? "");
            if (answer.Status == "cut" && ToolAnswer.Text(answer.Document, "handle") is { } handle)
            {
                return (handle, 0);
            }

            if (ToolAnswer.Text(answer.Data, "handle") is { } paged)
            {
                return double.IsNaN(ToolAnswer.Number(answer.Data, "nextOffset")) ? null : (paged, (int)ToolAnswer.Number(answer.Data, "nextOffset"));
            }
        }

        return null;
    }

    private static string Told(ChatMessage note)
    {
        var text = note.AdditionalProperties![Projection.HostNote]!.ToString()!;
        var begin = text.IndexOf('{', StringComparison.Ordinal);
        var end = text.LastIndexOf('}');
        if (begin < 0 || end < begin)
        {
            return $"Meanwhile: {text}";
        }

        try
        {
            var document = JsonElement.Parse(text[begin..(end + 1)]);
            var answer = new ToolAnswer(ToolAnswer.Text(document, "status") ?? "", document);
            return $"Meanwhile: {text[..text.IndexOf(':', StringComparison.Ordinal)]}: {answer.Status}. {(answer.Explanation.Length > 0 ? answer.Explanation : answer.Data.ToString())}{Wording.Evidence(answer)}";
        }
        catch (JsonException)
        {
            return $"Meanwhile: {text}";
        }
    }
}
