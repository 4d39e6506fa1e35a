using ModelContextProtocol.Protocol;
using SreAgent.Core.Tools;
using McpTool = ModelContextProtocol.Protocol.Tool;
using SreTool = SreAgent.Core.Tools.Tool;

namespace SreAgent.Host.Mcp;

/// <summary>
/// A tool as the protocol lists it. Annotations follow from the effect this host declared. No output schemas: answers are one small family
/// of JSON objects that explain themselves, and a schema per tool would double what every conversation pays for the list. For the same reason
/// nothing is said that the protocol takes for granted: a title that repeats the name, idempotence of what only reads, an open world.
/// </summary>
internal static class ToolListing
{
    public static McpTool Of(SreTool tool) => new()
    {
        Name = tool.Name,
        Description = tool.Description,
        InputSchema = tool.InputSchema,
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = tool.Effect == ToolEffect.Read,
            // A change replaces what was there; the protocol calls anything that is not purely additive destructive.
            DestructiveHint = tool.Effect is not (ToolEffect.Read or ToolEffect.Write),
            OpenWorldHint = tool.OpenWorld ? null : false,
        },
    };
}
