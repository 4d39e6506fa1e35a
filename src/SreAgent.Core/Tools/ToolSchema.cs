using System.Buffers;
using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Tools;

/// <summary>
/// The JSON Schema of a tool method's parameters, in as few bytes as say it: every listed tool is paid for in tokens by every
/// conversation. A parameter with a default is optional.
/// </summary>
internal static class ToolSchema
{
    private static readonly Type[] FromTheHost = [typeof(CancellationToken), typeof(IProgress<string>), typeof(ChangeExecution)];

    public static JsonElement Of(IReadOnlyList<ParameterInfo> parameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "object");
            writer.WriteStartObject("properties");
            foreach (var parameter in Arguments(parameters))
            {
                writer.WriteStartObject(parameter.Name!);
                WriteType(writer, parameter.ParameterType);
                if (parameter.GetCustomAttribute<DescriptionAttribute>() is { } description)
                {
                    writer.WriteString("description", description.Description);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
            WriteRequired(writer, parameters);
            writer.WriteBoolean("additionalProperties", false);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>The parameters a caller fills; progress, the running change and cancellation come from the host.</summary>
    public static IEnumerable<ParameterInfo> Arguments(IReadOnlyList<ParameterInfo> parameters) =>
        parameters.Where(parameter => !FromTheHost.Contains(parameter.ParameterType));

    private static void WriteRequired(Utf8JsonWriter writer, IReadOnlyList<ParameterInfo> parameters)
    {
        var required = Arguments(parameters).Where(parameter => !parameter.HasDefaultValue).ToArray();
        if (required.Length == 0)
        {
            return;
        }

        writer.WriteStartArray("required");
        foreach (var parameter in required)
        {
            writer.WriteStringValue(parameter.Name);
        }

        writer.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter writer, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            writer.WriteString("type", "string");
            writer.WriteStartArray("enum");
            foreach (var name in Enum.GetNames(type))
            {
                writer.WriteStringValue(JsonNamingPolicy.SnakeCaseLower.ConvertName(name));
            }

            writer.WriteEndArray();
            return;
        }

        if (type.IsArray)
        {
            writer.WriteString("type", "array");
            writer.WriteStartObject("items");
            WriteType(writer, type.GetElementType()!);
            writer.WriteEndObject();
            return;
        }

        if (RecordConstructor(type) is { } constructor)
        {
            WriteRecord(writer, constructor.GetParameters());
            return;
        }

        writer.WriteString("type", JsonTypeOf(type));
    }

    /// <summary>An item with named parts: what its one public constructor takes. A part with a default is optional.</summary>
    private static void WriteRecord(Utf8JsonWriter writer, ParameterInfo[] parts)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var part in parts)
        {
            writer.WriteStartObject(JsonNamingPolicy.CamelCase.ConvertName(part.Name!));
            WriteType(writer, part.ParameterType);
            if (part.GetCustomAttribute<DescriptionAttribute>() is { } description)
            {
                writer.WriteString("description", description.Description);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (var part in parts.Where(part => !part.HasDefaultValue))
        {
            writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(part.Name!));
        }

        writer.WriteEndArray();
        writer.WriteBoolean("additionalProperties", false);
    }

    private static ConstructorInfo? RecordConstructor(Type type) =>
        type.IsClass && typeof(IEquatable<>).MakeGenericType(type).IsAssignableFrom(type) && type != typeof(string)
        && type.GetConstructors() is [var only] ? only : null;

    private static string JsonTypeOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => "string",
        TypeCode.Boolean => "boolean",
        TypeCode.Int32 or TypeCode.Int64 => "integer",
        TypeCode.Double => "number",
        _ => throw new InvalidOperationException($"cannot take a {type.Name}; use string, bool, int, long, double, an enum, a record of these or an array of them."),
    };
}
