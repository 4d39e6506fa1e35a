using System.Runtime.InteropServices;
using System.Text.Json;

namespace SreAgent.Core.Tools;

/// <summary>The UTF-8 text of an element as it stands in its document.</summary>
internal static class JsonElementBytes
{
    public static ReadOnlySpan<byte> Of(JsonElement element) => JsonMarshal.GetRawUtf8Value(element);
}
