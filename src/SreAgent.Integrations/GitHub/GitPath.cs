using System.Buffers;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>Branches, tags, commits and file paths, checked and escaped so that they stay one part of an address.</summary>
internal static class GitPath
{
    private const int FullHash = 40;

    private static readonly SearchValues<char> NotInRefs = SearchValues.Create(" ~^:?*[\\");

    /// <summary>
    /// A branch, tag or commit as one part of an address: with its slashes left as they are, <c>commits/x/status</c> would ask for the status
    /// of x instead of the commit x/status.
    /// </summary>
    /// <exception cref="ToolException">git could not have such a name.</exception>
    public static string Ref(string name) => Uri.EscapeDataString(CheckedRef(name));

    /// <summary>The same for addresses people open, which show slashes.</summary>
    /// <exception cref="ToolException">git could not have such a name.</exception>
    public static string RefInPage(string name) => Escape(CheckedRef(name));

    /// <summary>A file in a repository. Empty is its root.</summary>
    /// <exception cref="ToolException">It leads out of the repository.</exception>
    public static string File(string path)
    {
        var trimmed = path.Trim().TrimStart('/').TrimEnd('/');
        return trimmed.Length > 1000 || trimmed.Any(char.IsControl) || (trimmed.Length > 0 && !Segments(trimmed))
            ? throw new ToolException($"'{Excerpt.Line(path, 200)}' is not a path within a repository; give it from the root, such as src/app/main.go.")
            : Escape(trimmed);
    }

    /// <summary>A label's name. Those of dots alone would climb: to where a DELETE takes all labels away.</summary>
    /// <exception cref="ToolException">It cannot be said in an address.</exception>
    public static string Label(string name) =>
        name.Length > 250 || name.Any(char.IsControl) ? throw new ToolException($"'{Excerpt.Line(name, 100)}' is not a label.") : PlainAddress.Segment(name.Trim(), "a label");

    public static bool IsFullHash(string text) => text.Length == FullHash && text.All(char.IsAsciiHexDigit);

    private static string CheckedRef(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length is 0 or > 250 || trimmed[0] is '-' or '.' || trimmed.EndsWith('.') || trimmed.Contains("..", StringComparison.Ordinal)
            || trimmed.AsSpan().ContainsAny(NotInRefs) || trimmed.Any(char.IsControl) || !Segments(trimmed)
            ? throw new ToolException($"'{Excerpt.Line(name, 100)}' is not a branch, tag or commit.")
            : trimmed;
    }

    private static bool Segments(string path) => path.Split('/').All(part => part is not ("" or "." or ".."));

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
