using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Tests.Tools;

/// <summary>Tools and arguments for tests that decide about calls without running them.</summary>
internal static class ToolBuilder
{
    public static Tool Tool(ToolEffect effect = ToolEffect.Change, string name = "fly_deploy", params string[] prose) => new()
    {
        Name = name,
        Toolset = "fly",
        Effect = effect,
        Description = "Deploys.",
        InputSchema = JsonElement.Parse("""{"type":"object"}"""),
        ProseArguments = prose.ToHashSet(StringComparer.Ordinal),
        Execute = (_, _, _) => throw new InvalidOperationException("Nothing here runs a tool."),
    };

    /// <summary>Arguments as they come out of the check against a schema that takes everything.</summary>
    public static ToolArguments Arguments(string json) =>
        Assert.IsType<ArgumentCheck.Valid>(ArgumentValidator.Check(JsonElement.Parse("""{"type":"object","additionalProperties":true}"""), JsonElement.Parse(json))).Arguments;

    public static CallScope Scope(string environment = "production", string persona = "operator", string requester = "os:ada") =>
        new(environment, persona, requester);
}
