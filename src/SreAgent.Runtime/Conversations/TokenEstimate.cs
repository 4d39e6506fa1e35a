using System.Text;
using Microsoft.Extensions.AI;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Conversations;

/// <summary>Tokens as UTF-8 bytes over four: close enough to budget by, and the same for every provider.</summary>
internal static class TokenEstimate
{
    // What a provider's chat format adds around each message.
    private const int PerMessage = 4;

    public static int Of(string text) => (Encoding.UTF8.GetByteCount(text) + 3) / 4;

    public static int Of(Tool tool) => Of(tool.Name) + Of(tool.Description) + Of(tool.InputSchema.GetRawText()) + PerMessage;

    public static int Of(ChatMessage message) => PerMessage + message.Contents.Sum(Of);

    private static int Of(AIContent content) => content switch
    {
        TextContent text => Of(text.Text),
        TextReasoningContent reasoning => Of(reasoning.Text) + Of(reasoning.ProtectedData ?? ""),
        FunctionCallContent call => Of(call.Name) + (call.Arguments?.Sum(argument => Of(argument.Key) + Of(argument.Value?.ToString() ?? "") + 1) ?? 0) + PerMessage,
        FunctionResultContent result => Of(result.Result?.ToString() ?? "") + PerMessage,
        _ => 0,
    };
}
