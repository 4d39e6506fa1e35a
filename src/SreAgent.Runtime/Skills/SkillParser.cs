using System.Text;
using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Skills;

/// <summary>
/// Reads a skill in the Agent Skills format, leniently as its makers ask of clients: what breaks a rule is loaded with a warning; only a
/// file without a description is refused.
/// </summary>
internal static class SkillParser
{
    private const int LongestName = 64;
    private const int LongestDescription = 1024;
    private const int LongestCompatibility = 500;
    private const int AdvisedLines = 500;

    private static readonly string[] KnownKeys = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];

    /// <summary>Reads and parses a <c>SKILL.md</c> and lists the files beside it.</summary>
    public static ShelvedDocument<SkillDocument> Read(string path)
    {
        var text = DocumentText.Read(path);
        if (text.Text is null)
        {
            return new ShelvedDocument<SkillDocument>(path, Value: null, text.Problems);
        }

        var (document, problems) = Parse(path, text.Text, SkillFiles.List(path));
        return new ShelvedDocument<SkillDocument>(path, document, [.. text.Problems, .. problems]);
    }

    public static (SkillDocument? Document, IReadOnlyList<DocumentProblem> Problems) Parse(string path, string text, IReadOnlyList<string> files)
    {
        var front = FrontMatter.Read(text);
        var problems = new List<DocumentProblem>(front.Problems);
        var description = front.Text("description");
        if (description is null)
        {
            problems.Add(new DocumentProblem(front.Present ? 1 : 0, ProblemSeverity.Error,
                "There is no description, so nothing says when to use the skill. Write front matter with 'name:' and 'description:'."));
            return (null, problems);
        }

        var name = NameOf(path, front, problems);
        CheckRules(front, description, problems);
        var entry = front.Find("allowed-tools", "tools");
        var named = ToolNaming.Names(entry);
        var skill = new Skill
        {
            Name = name,
            Description = description,
            Path = path,
            Body = front.Body.Trim(),
            AllowedTools = named,
            Files = files,
            License = front.Text("license"),
            Compatibility = front.Text("compatibility"),
        };
        return (new SkillDocument(skill, ToolNaming.Translate(named, entry?.Line ?? 0, problems)), problems);
    }

    private static string NameOf(string path, FrontMatter front, List<DocumentProblem> problems)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) ?? "";
        var entry = front.Find("name");
        var written = front.Text("name");
        if (written is null)
        {
            var fallback = Slug.Of(folder) is { Length: > 0 } slug ? slug : "skill";
            problems.Add(new DocumentProblem(entry?.Line ?? 1, ProblemSeverity.Warning, $"There is no name; the folder's gives '{fallback}'."));
            return fallback;
        }

        if (!IsValid(written))
        {
            problems.Add(new DocumentProblem(entry!.Line, ProblemSeverity.Warning,
                $"The name '{MarkdownText.Quotable(written)}' should be 1 to {LongestName} lower-case letters, digits and single hyphens, none at an end."));
        }

        var name = written.Normalize(NormalizationForm.FormKC);
        if (!string.Equals(name, folder.Normalize(NormalizationForm.FormKC), StringComparison.Ordinal))
        {
            problems.Add(new DocumentProblem(entry!.Line, ProblemSeverity.Warning,
                $"The name '{MarkdownText.Quotable(written)}' differs from the folder's, '{MarkdownText.Quotable(folder)}'; other clients want them equal."));
        }

        return MarkdownText.Cut(name, LongestDescription);
    }

    private static void CheckRules(FrontMatter front, string description, List<DocumentProblem> problems)
    {
        if (description.Length > LongestDescription)
        {
            Warn("description", $"The description has {description.Length:N0} characters; at most {LongestDescription:N0} are allowed. Move detail into the body.");
        }

        if (front.Text("compatibility") is { Length: > LongestCompatibility })
        {
            Warn("compatibility", $"Compatibility may have at most {LongestCompatibility} characters.");
        }

        if (front.Find("metadata") is { Pairs: null })
        {
            Warn("metadata", "Metadata should be a map of texts.");
        }

        if (front.Find("allowed-tools") is { Text: "" })
        {
            Warn("allowed-tools", "Allowed tools should be one text with spaces between: allowed-tools: fly_status fly_deploy.");
        }

        foreach (var entry in front.Entries.Where(entry => !KnownKeys.Any(key => FrontMatterEntry.SameKey(key, entry.Key))))
        {
            problems.Add(new DocumentProblem(entry.Line, ProblemSeverity.Warning, $"The key '{MarkdownText.Quotable(entry.Key)}' is not part of the Agent Skills format."));
        }

        var lines = front.Body.AsSpan().Count('\n') + 1;
        if (lines > AdvisedLines)
        {
            problems.Add(new DocumentProblem(front.BodyLine, ProblemSeverity.Warning,
                $"The instructions have {lines:N0} lines; every use pays for all of them. Keep under {AdvisedLines} and move detail into references/."));
        }

        if (string.IsNullOrWhiteSpace(front.Body))
        {
            problems.Add(new DocumentProblem(front.BodyLine, ProblemSeverity.Warning, "The skill has no instructions."));
        }

        void Warn(string key, string message) => problems.Add(new DocumentProblem(front.Find(key)!.Line, ProblemSeverity.Warning, message));
    }

    private static bool IsValid(string name) =>
        name.Length <= LongestName
        && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal)
        && name.All(c => c == '-' || char.IsDigit(c) || (char.IsLetter(c) && !char.IsUpper(c)));
}
