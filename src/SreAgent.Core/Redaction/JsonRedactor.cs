using System.Text.Json;

namespace SreAgent.Core.Redaction;

public static class JsonRedactor
{
    public static JsonElement Redact(JsonElement element, Redactor redactor) => JsonElement.Parse(redactor.Redact(element.GetRawText()));
}
