namespace SreAgent.Testing.Specs;

internal static class MediaTypes
{
    public static bool IsJson(string? type) =>
        type is not null && (type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Compares without parameters; a declared range such as <c>image/*</c> takes all of it.</summary>
    public static bool Fits(string declared, string? given)
    {
        var bare = declared.Split(';')[0].Trim();
        return given is not null
            && (bare is "*/*" || bare.Equals(given, StringComparison.OrdinalIgnoreCase)
                || (bare.EndsWith("/*", StringComparison.Ordinal) && given.StartsWith(bare[..^1], StringComparison.OrdinalIgnoreCase)));
    }
}
