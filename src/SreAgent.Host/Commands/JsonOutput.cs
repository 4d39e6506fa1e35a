using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SreAgent.Host.Terminal;

namespace SreAgent.Host.Commands;

/// <summary>The one JSON document a verb with <c>--json</c> prints. Names in camel case, absent values left out.</summary>
internal static class JsonOutput
{
    // On a screen everything but ASCII is escaped: text of others could steer the terminal from inside a JSON string.
    private static readonly JsonSerializerOptions ForScreens = Options(JavaScriptEncoder.Default, indented: true);
    private static readonly JsonSerializerOptions ForPrograms = Options(JavaScriptEncoder.UnsafeRelaxedJsonEscaping, indented: true);
    private static readonly JsonSerializerOptions ForLines = Options(JavaScriptEncoder.Default, indented: false);

    public static void Write(IConsoleIo console, object document) =>
        console.Out.WriteLine(JsonSerializer.Serialize(document, console.OutputIsTerminal ? ForScreens : ForPrograms));

    /// <summary>Looks up how documents of a type are written, while they are being made.</summary>
    public static void Prepare<T>(IConsoleIo console) => _ = (console.OutputIsTerminal ? ForScreens : ForPrograms).GetTypeInfo(typeof(T));

    /// <summary>One document on one line.</summary>
    public static string Line(object document) => JsonSerializer.Serialize(document, ForLines);

    private static JsonSerializerOptions Options(JavaScriptEncoder encoder, bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            Encoder = encoder,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

        // What is looked up of options that may still change is not remembered.
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
