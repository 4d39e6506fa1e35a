using System.Text.Json;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Conversations;

/// <summary>A call as it may be shown. What is executed is never what is shown.</summary>
internal static class CallDisplay
{
    public static ToolCall Of(ModelCall call, Redactor redactor)
    {
        var name = redactor.Redact(call.Tool);
        var text = redactor.Redact(call.Arguments.GetRawText());
        try
        {
            return new ToolCall(call.Id, name, JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            // The mark fell across JSON syntax; shown as text then.
            return new ToolCall(call.Id, name, JsonSerializer.SerializeToElement(text, EntryJsonContext.Default.String));
        }
    }
}
