using System.Text.RegularExpressions;
using SreAgent.Testing;

namespace SreAgent.Architecture.Tests;

/// <summary>The sources as text: which namespace a file declares, and which of ours and others' it uses.</summary>
internal static partial class SourceTree
{
    public static string Root { get; } = RepositoryRoot.Folder;

    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Read(path, File.ReadAllText(path))),
    ];

    private static SourceFile Read(string path, string text) =>
        new(
            Path.GetRelativePath(Root, path),
            NamespaceLine().Match(text).Groups["name"].Value,
            [.. UsingLine().Matches(text).Select(match => match.Groups["name"].Value).Concat(Qualified().Matches(text).Select(match => match.Groups["name"].Value)).Distinct(StringComparer.Ordinal)]);

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (static )?(\w+ = )?(?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"(?<![\w.])(?<name>SreAgent\.[\w.]+)(?=\.\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Qualified();
}

/// <param name="Path">Relative to the root.</param>
/// <param name="Uses">Namespaces imported or written out.</param>
internal sealed record SourceFile(string Path, string Namespace, IReadOnlyList<string> Uses);
