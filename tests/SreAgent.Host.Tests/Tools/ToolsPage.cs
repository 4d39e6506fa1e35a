using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Tests.Tools;

/// <summary>Writes docs/tools.md from the catalogue.</summary>
internal static class ToolsPage
{
    public static string Of(IReadOnlyList<Tool> tools)
    {
        var page = new StringBuilder("""
            # Tools

            Made from the catalogue by `ToolCatalogueTests`; run it with `SREAGENT_ACCEPT_SNAPSHOTS=1` to make it anew.

            **Read** looks. **Write** leaves a mark people read. **Change** alters production and runs only after a human approved exactly that
            call. *Italic* arguments are optional; those marked † only explain and are not part of what an approval is bound to.


            """);
        foreach (var toolset in tools.GroupBy(tool => tool.Toolset).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            page.Append($"## {toolset.Key}\n\n| tool | effect | what it does | arguments |\n|---|---|---|---|\n");
            foreach (var tool in toolset)
            {
                page.Append($"| `{tool.Name}` | {tool.Effect} | {tool.Description.Replace("|", "\\|", StringComparison.Ordinal)} | {Arguments(tool)} |\n");
            }

            page.Append('\n');
        }

        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Arguments(Tool tool)
    {
        var required = tool.InputSchema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        return string.Join(", ", tool.InputSchema.GetProperty("properties").EnumerateObject().Select(property => Argument(tool, property, required.Contains(property.Name))));
    }

    private static string Argument(Tool tool, JsonProperty property, bool required) =>
        (required ? $"`{property.Name}`" : $"*`{property.Name}`*") + (tool.ProseArguments.Contains(property.Name) ? "†" : "");
}
