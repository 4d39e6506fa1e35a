using System.Text.Json;

namespace SreAgent.Core.Tools;

/// <summary>Arguments that have been checked against a tool's schema and coerced where a model's habit is harmless (<c>"42"</c> for 42).</summary>
public sealed class ToolArguments
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    internal ToolArguments(JsonElement value) => Value = value;

    /// <summary>Always a JSON object; never holds a name the schema does not know, nor an explicit null.</summary>
    public JsonElement Value { get; }

    public static ToolArguments Empty { get; } = new(EmptyObject);

    public string? GetString(string name) =>
        Value.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The same object with some of its names left out.</summary>
    public JsonElement Without(IReadOnlySet<string> names) =>
        JsonSerializer.SerializeToElement(
            Value.EnumerateObject().Where(argument => !names.Contains(argument.Name)).ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));

    public bool TryGet(string name, out JsonElement value) => Value.TryGetProperty(name, out value);
}

/// <summary>Checked arguments, or every problem found with them.</summary>
public abstract record ArgumentCheck
{
    private ArgumentCheck()
    {
    }

    public sealed record Valid(ToolArguments Arguments) : ArgumentCheck;

    /// <param name="Problems">One sentence each, naming the argument, what was wrong and what is accepted.</param>
    public sealed record Invalid(IReadOnlyList<string> Problems) : ArgumentCheck;
}
