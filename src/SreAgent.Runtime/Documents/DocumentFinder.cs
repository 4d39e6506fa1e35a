using System.IO.Enumeration;

namespace SreAgent.Runtime.Documents;

/// <summary>Finds documents below a folder. Hidden folders, <c>node_modules</c> and linked folders are not entered, so no link can lead in circles.</summary>
internal static class DocumentFinder
{
    /// <summary>A folder with more than this holds something else than documents for us.</summary>
    public const int MostFiles = 5_000;

    private const int MaxDepth = 8;

    /// <summary>Full paths in ordinal order.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(string folder, Func<string, bool> isWanted)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = MaxDepth,
            IgnoreInaccessible = true,
            AttributesToSkip = FileAttributes.None,
        };
        var found = new FileSystemEnumerable<string>(Path.GetFullPath(folder), (ref entry) => entry.ToFullPath(), options)
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && isWanted(entry.FileName.ToString()),
            ShouldRecursePredicate = (ref entry) =>
                entry.FileName[0] != '.' && entry.FileName is not "node_modules" && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return [.. found.Take(MostFiles).Order(StringComparer.Ordinal)];
    }

    public static bool IsMarkdown(string fileName) => !fileName.StartsWith('.') && fileName.EndsWith(".md", StringComparison.OrdinalIgnoreCase);

    public static bool IsSkill(string fileName) => fileName is "SKILL.md" or "skill.md";
}
