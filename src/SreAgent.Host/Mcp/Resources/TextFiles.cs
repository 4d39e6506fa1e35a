namespace SreAgent.Host.Mcp.Resources;

/// <summary>Kinds of text files, by ending.</summary>
internal static class TextFiles
{
    public static string MimeTypeOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".md" or ".markdown" => "text/markdown",
        ".json" => "application/json",
        ".yaml" or ".yml" => "application/yaml",
        _ => "text/plain",
    };
}
