using System.Net;

namespace SreAgent.Testing.Specs;

/// <summary>The formats of text that can be told from other text; an unknown one takes anything.</summary>
internal static class TextFormat
{
    public static bool Allows(string format, string text) => format switch
    {
        "date-time" => text.Length >= "2026-01-01T00:00:00Z".Length && text[10] is 'T' or 't' or ' ' && DateTimeOffset.TryParse(text, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "uri" or "url" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uuid" => Guid.TryParse(text, out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        "ipv4" or "ipv6" => IPAddress.TryParse(text, out _),
        "byte" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
        _ => true,
    };
}
