using System.Text.Json;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Tools;

/// <summary>A tool as a person reads it.</summary>
internal static class ToolPage
{
    public static IEnumerable<string> Lines(Tool tool, Ink ink)
    {
        yield return $"{ink.Bold(tool.Name)}  ({tool.Effect.ToString().ToLowerInvariant()}, toolset {SafeText.Line(tool.Toolset)})";
        yield return SafeText.Lines(tool.Description);
        if (tool.Aliases.Count > 0)
        {
            yield return $"formerly {string.Join(", ", tool.Aliases)}";
        }

        if (!tool.InputSchema.TryGetProperty("properties", out var properties) || !properties.EnumerateObject().Any())
        {
            yield return "takes no arguments";
            yield break;
        }

        var required = tool.InputSchema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToArray() : [];
        yield return "";
        foreach (var property in properties.EnumerateObject())
        {
            var optional = required.Contains(property.Name) ? "" : ", optional";
            yield return $"  {ink.Bold(SafeText.Line(property.Name))} ({SafeText.Line(TypeOf(property.Value))}{optional})  {SafeText.Line(TextOf(property.Value, "description"))}";
        }

        var example = string.Join(',', required.Select(name => $"\"{name}\":…"));
        yield return "";
        yield return $"  sre-agent tools call {tool.Name} --args '{{{SafeText.Line(example)}}}'";
    }

    private static string TypeOf(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values) ? string.Join('|', values.EnumerateArray().Select(value => value.ToString())) : TextOf(schema, "type");

    private static string TextOf(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var value) ? value.ToString() : "";
}
