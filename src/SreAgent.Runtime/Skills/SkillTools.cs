using System.ComponentModel;
using SreAgent.Core.Skills;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Skills;

/// <summary>Lets a model read the skills it sees only by name and description.</summary>
internal sealed class SkillTools(ISkillCatalogue skills) : IToolset
{
    public string Name => "host";

    public string? Environment => null;

    [SreTool("host_read_skill", ToolEffect.Read, OpenWorld = false)]
    [Description("Reads a skill's instructions, or one of the files beside it. Read the skill before doing what it is for. Not for anything that is no skill.")]
    internal async Task<ToolResult> ReadSkillAsync(
        [Description("Skill name as listed")] string name,
        [Description("A file of the skill, like references/rollback.md; leave out for the instructions")] string? file = null,
        CancellationToken cancellationToken = default)
    {
        if (skills.Find(name) is not { } skill)
        {
            return new ToolResult.Failed($"There is no skill '{name}'. There are: {string.Join(", ", skills.All.Select(other => other.Name).DefaultIfEmpty("none"))}.", Retryable: false);
        }

        if (string.IsNullOrWhiteSpace(file))
        {
            return new ToolResult.Found(new SkillText(skill.Name, "SKILL.md", skill.Body, skill.Files), new Evidence("skills", skill.Name));
        }

        return await skills.ReadFileAsync(skill, file, cancellationToken) is { } text
            ? new ToolResult.Found(new SkillText(skill.Name, file, text, skill.Files), new Evidence("skills", $"{skill.Name}/{file}"))
            : new ToolResult.Failed($"Skill '{skill.Name}' has no file '{file}'. It has: {string.Join(", ", skill.Files.DefaultIfEmpty("none"))}.", Retryable: false);
    }

    /// <param name="Files">Files beside the instructions that can be read by name.</param>
    internal sealed record SkillText(string Skill, string File, string Text, IReadOnlyList<string> Files);
}
