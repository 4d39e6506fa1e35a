using System.Buffers;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Branches, tags, commits and file paths, checked and escaped so that they stay one part of an address.</summary>
internal static class GitPath
{
    private const int FullHash = 40;

    private static readonly SearchValues<char> NotInRefs = SearchValues.Create(" ~^:?*[\\");

    /// <summary>A branch, tag or commit.</summary>
    /// <exception cref="ToolException">git could not have such a name.</exception>
    public static string Ref(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length is 0 or > 250 || trimmed.StartsWith('-') || trimmed.Contains("..", StringComparison.Ordinal)
            || trimmed.AsSpan().ContainsAny(NotInRefs) || trimmed.Any(char.IsControl) || !Segments(trimmed)
            ? throw new ToolException($"'{Excerpt.Line(name, 100)}' is not a branch, tag or commit.")
            : Escape(trimmed);
    }

    /// <summary>A file in a repository. Empty is its root.</summary>
    /// <exception cref="ToolException">It leads out of the repository.</exception>
    public static string File(string path)
    {
        var trimmed = path.Trim().TrimStart('/').TrimEnd('/');
        return trimmed.Length > 1000 || trimmed.Any(char.IsControl) || (trimmed.Length > 0 && !Segments(trimmed))
            ? throw new ToolException($"'{Excerpt.Line(path, 200)}' is not a path within a repository; give it from the root, such as src/app/main.go.")
            : Escape(trimmed);
    }

    public static bool IsFullHash(string text) => text.Length == FullHash && text.All(char.IsAsciiHexDigit);

    private static bool Segments(string path) => path.Split('/').All(part => part is not ("" or "." or ".."));

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
