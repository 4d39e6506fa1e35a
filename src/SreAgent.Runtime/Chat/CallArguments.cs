using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SreAgent.Runtime.Chat;

/// <summary>Arguments of a call as JSON, without the white space the library's own options would add to every request.</summary>
internal static class CallArguments
{
    private static readonly JsonSerializerOptions Json = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <exception cref="NotSupportedException">A value is of a kind JSON cannot hold.</exception>
    public static JsonElement ToJson(IDictionary<string, object?>? arguments) => JsonSerializer.SerializeToElement(arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal), Json);
}
