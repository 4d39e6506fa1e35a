using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Commands.Tools;

/// <summary>A tool as <c>tools list --json</c> prints it.</summary>
/// <param name="Tokens">What listing it costs every conversation: UTF-8 bytes of its listing, divided by four.</param>
internal sealed record ToolDocument(string Name, string Toolset, ToolEffect Effect, string Description, JsonElement InputSchema, int Tokens)
{
    public static ToolDocument Of(Tool tool)
    {
        var listing = JsonOutput.Line(new { tool.Name, tool.Description, tool.InputSchema });
        return new ToolDocument(tool.Name, tool.Toolset, tool.Effect, tool.Description, tool.InputSchema, (Encoding.UTF8.GetByteCount(listing) + 3) / 4);
    }
}
