using System.Text;

namespace SreAgent.Integrations.Git.Local;

/// <summary>The refs of a repository, read as the plain text git keeps them in.</summary>
internal static class LooseRefs
{
    private const int MostHops = 5;
    private const int LongestRef = 1024;

    /// <summary>What HEAD, or a ref by its full name, stands at: a full hash.</summary>
    /// <returns>Null when there is none.</returns>
    public static string? Read(CloneLocation clone, string name)
    {
        for (var hop = 0; hop < MostHops; hop++)
        {
            if (Text(Path.Combine(name == "HEAD" ? clone.GitDir : clone.CommonDir, name)) is not { } text)
            {
                return Packed(clone, name);
            }

            if (IsFullHash(text))
            {
                return text;
            }

            const string Symbolic = "ref: ";
            if (!text.StartsWith(Symbolic + "refs/", StringComparison.Ordinal) || !BranchName.IsPlain(text[Symbolic.Length..]))
            {
                return null;
            }

            name = text[Symbolic.Length..];
        }

        return null;
    }

    public static bool IsFullHash(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigitLower);

    private static string? Packed(CloneLocation clone, string name)
    {
        var file = Path.Combine(clone.CommonDir, "packed-refs");
        return PathKinds.Of(file) != PathKind.File ? null
            : File.ReadLines(file, Encoding.UTF8).Select(line => line.Split(' ')).FirstOrDefault(parts => parts is [var hash, var packed] && packed == name && IsFullHash(hash))?[0];
    }

    private static string? Text(string file) =>
        PathKinds.Of(file) == PathKind.File && new FileInfo(file).Length is > 0 and <= LongestRef ? File.ReadAllText(file).Trim() : null;
}
