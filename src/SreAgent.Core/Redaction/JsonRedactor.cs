using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SreAgent.Core.Redaction;

/// <summary>
/// Takes secrets out of JSON: every string and every property name goes through the <see cref="Redactor"/>, and a string goes whole,
/// whatever it looks like, when its property says that it is a secret, or when it is the <c>value</c> beside a <c>name</c> or <c>key</c>
/// that says so, as headers and environment variables are written. Numbers, booleans and nulls stay. The outcome is always valid JSON,
/// and redacting it again changes nothing.
/// </summary>
public sealed class JsonRedactor(Redactor redactor)
{
    // What comes out is read by people and models, never put into a page: quotes and umlauts stay as they are.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonElement Redact(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            Write(element, writer, secret: false);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private void Write(JsonElement element, Utf8JsonWriter writer, bool secret)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, writer);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer, secret);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(Text(JsonText.Of(element), secret));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private void WriteObject(JsonElement element, Utf8JsonWriter writer)
    {
        var properties = element.EnumerateObject().Select(property => (Name: JsonText.NameOf(property), property.Value)).ToArray();
        var labelled = properties.Any(property => property.Name is "__name__" or "namespace");
        var named = properties.Any(property =>
            property.Name is "name" or "key" && property.Value.ValueKind == JsonValueKind.String && SecretNames.Is(JsonText.Of(property.Value)));
        var taken = new HashSet<string>(StringComparer.Ordinal);

        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            // Beside a namespace, or among a metric's labels, "secret" is the name of a Kubernetes secret and not its content.
            var secret = (SecretNames.Is(name) && !(labelled && string.Equals(name, "secret", StringComparison.Ordinal)))
                || (named && name is "value");
            writer.WritePropertyName(Distinct(redactor.Redact(name), name, taken));
            Write(value, writer, secret);
        }

        writer.WriteEndObject();
    }

    private string Text(string text, bool secret)
    {
        var redacted = redactor.Redact(text);
        return !secret || text.Length == 0 || Redactor.IsMark(redacted) ? redacted : Redactor.Mark(SecretNames.Kind);
    }

    /// <summary>Two names that look the same once redacted stay two.</summary>
    private static string Distinct(string redacted, string original, HashSet<string> taken)
    {
        var name = redacted;
        for (var i = 2; !taken.Add(name) && !string.Equals(redacted, original, StringComparison.Ordinal); i++)
        {
            name = $"{redacted}#{i}";
        }

        return name;
    }
}
