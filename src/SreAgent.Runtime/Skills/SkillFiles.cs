using SreAgent.Core.Skills;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Skills;

/// <summary>The files beside a skill's <c>SKILL.md</c>. Whatever a path says, and wherever links lead, nothing outside the folder is read.</summary>
internal static class SkillFiles
{
    private const int MostListed = 200;

    /// <summary>Relative paths with forward slashes, in ordinal order; what links lead out of the folder is not listed.</summary>
    public static IReadOnlyList<string> List(string skillPath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(skillPath))!;
        try
        {
            return
            [
                .. DocumentFinder.Find(folder, name => !name.StartsWith('.') && !DocumentFinder.IsSkill(name))
                    .Where(path => Inside(folder, Path.GetRelativePath(folder, path)) is not null)
                    .Select(path => Path.GetRelativePath(folder, path).Replace(Path.DirectorySeparatorChar, '/'))
                    .Take(MostListed),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The skill itself was read; files that cannot be listed cannot be read either, and reading says so.
            return [];
        }
    }

    /// <summary>The file's text; null when there is no such file or it lies outside.</summary>
    /// <exception cref="ToolException">The file is there and is no text, is empty or is too large.</exception>
    public static string? Read(Skill skill, string relativePath)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(skill.Path))!;
        if (Inside(folder, relativePath) is not { } real || !File.Exists(real))
        {
            return null;
        }

        var text = DocumentText.Read(real);
        return text.Text ?? throw new ToolException($"The file '{relativePath}' of skill '{skill.Name}' cannot be shown. {text.Problems[0].Message}");
    }

    /// <summary>The path with all links followed, if that lies in the folder. What is then opened has no link left in it.</summary>
    private static string? Inside(string folder, string relativePath)
    {
        if (string.IsNullOrWhiteSpace(relativePath) || relativePath.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(relativePath))
        {
            return null;
        }

        try
        {
            var root = FileIdentity.RealPath(folder);
            var real = FileIdentity.RealPath(Path.Combine(folder, relativePath.Replace('\\', '/')));
            return root is not null && real is not null && real.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? real : null;
        }
        catch (IOException)
        {
            // Links in a circle lead nowhere.
            return null;
        }
    }
}
