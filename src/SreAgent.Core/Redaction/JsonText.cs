using System.Text;
using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Redaction;

/// <summary>
/// The text of a JSON string or name, also when it holds half of a surrogate pair, which .NET refuses to read: such text is taken as it
/// stands in its document, escapes and all. Nothing that comes from outside may make redaction fail.
/// </summary>
internal static class JsonText
{
    public static string Of(JsonElement element)
    {
        try
        {
            return element.GetString()!; // The caller has a string.
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonElementBytes.Of(element)[1..^1]);
        }
    }

    public static string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(property));
        }
    }
}
