using System.Globalization;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Tools;
using McpTool = ModelContextProtocol.Protocol.Tool;
using SreTool = SreAgent.Core.Tools.Tool;

namespace SreAgent.Host.Mcp;

/// <summary>
/// A tool as the protocol lists it. Annotations follow from the effect this host declared. No output schemas: answers are one small family
/// of JSON objects that explain themselves, and a schema per tool would double what every conversation pays for the list.
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
            Title = TitleOf(tool),
            ReadOnlyHint = tool.Effect == ToolEffect.Read,
            // A change replaces what was there; the protocol calls anything that is not purely additive destructive.
            DestructiveHint = tool.Effect is not (ToolEffect.Read or ToolEffect.Write),
            IdempotentHint = tool.Effect == ToolEffect.Read,
            OpenWorldHint = tool.OpenWorld,
        },
    };

    /// <summary><c>prometheus_query_range</c> reads as <c>Prometheus: query range</c>.</summary>
    private static string TitleOf(SreTool tool)
    {
        var words = tool.Name.Split('_');
        return $"{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(words[0])}: {string.Join(' ', words[1..])}";
    }
}
