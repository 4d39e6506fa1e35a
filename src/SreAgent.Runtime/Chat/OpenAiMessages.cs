using Microsoft.Extensions.AI;
using OpenAI.Chat;
using AiMessage = Microsoft.Extensions.AI.ChatMessage;
using OpenAiMessage = OpenAI.Chat.ChatMessage;

namespace SreAgent.Runtime.Chat;

/// <summary>Messages and options in OpenAI's words.</summary>
internal static class OpenAiMessages
{
    public static List<OpenAiMessage> From(IEnumerable<AiMessage> messages, ChatOptions? options)
    {
        List<OpenAiMessage> worded = [];
        if (options?.Instructions is { Length: > 0 } instructions)
        {
            worded.Add(new SystemChatMessage(instructions));
        }

        foreach (var message in messages)
        {
            if (message.Role == ChatRole.System)
            {
                worded.Add(new SystemChatMessage(message.Text));
            }
            else if (message.Role == ChatRole.Tool)
            {
                worded.AddRange(message.Contents.OfType<FunctionResultContent>().Select(result => new ToolChatMessage(result.CallId, result.Result?.ToString() ?? "")));
            }
            else if (message.Role == ChatRole.Assistant)
            {
                worded.Add(Assistant(message));
            }
            else
            {
                worded.Add(new UserChatMessage(message.Text));
            }
        }

        return worded;
    }

    public static ChatCompletionOptions From(ChatOptions? options)
    {
        var worded = new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature };
        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            worded.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }

        return worded;
    }

    private static AssistantChatMessage Assistant(AiMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(call => ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(CallArguments.ToJson(call.Arguments).GetRawText())))
            .ToArray();
        if (calls.Length == 0)
        {
            return new AssistantChatMessage(message.Text);
        }

        var worded = new AssistantChatMessage(calls);
        if (message.Text.Length > 0)
        {
            worded.Content.Add(ChatMessageContentPart.CreateTextPart(message.Text));
        }

        return worded;
    }
}
