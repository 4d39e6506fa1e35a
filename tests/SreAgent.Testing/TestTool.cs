using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Testing;

/// <summary>Builds tools that answer what a test wants, with an open schema.</summary>
public static class TestTool
{
    private static readonly JsonElement OpenSchema = JsonElement.Parse("""{"type":"object","properties":{},"additionalProperties":true}""");

    public static Tool Read(string name, Func<ToolArguments, object> answer) => Read(name, (arguments, _) => Task.FromResult(Found(name, answer(arguments))));

    public static Tool Read(string name, Func<ToolArguments, CancellationToken, Task<ToolResult>> execute) => Make(name, ToolEffect.Read, execute);

    public static Tool Write(string name, Func<ToolArguments, CancellationToken, Task<ToolResult>> execute) => Make(name, ToolEffect.Write, execute);

    public static Tool Change(string name, Func<ToolArguments, ToolResult> execute) =>
        Make(name, ToolEffect.Change, (arguments, _) => Task.FromResult(execute(arguments))) with
        {
            Plan = (_, _, _) => Task.FromResult(new ChangePlan($"{name} would happen", "target", "now", "then", "small", "undo it", "f")),
            Verify = (_, _, _) => Task.FromResult(new Verification(VerificationVerdict.Passed, "seen")),
        };

    public static ToolResult Found(string source, object data) => new ToolResult.Found(data, new Evidence(source, "asked"));

    private static Tool Make(string name, ToolEffect effect, Func<ToolArguments, CancellationToken, Task<ToolResult>> execute) => new()
    {
        Name = name,
        Toolset = name.Split('_')[0],
        Effect = effect,
        Description = $"{name} for a test",
        InputSchema = OpenSchema,
        Execute = (arguments, _, cancellationToken) => execute(arguments, cancellationToken),
    };
}
