namespace SreAgent.Core.Skills;

/// <summary>The skills that can be used now. Reads are snapshots; a reload that fails keeps the last good copy.</summary>
public interface ISkillCatalogue
{
    /// <summary>Ordered by name.</summary>
    IReadOnlyList<Skill> All { get; }

    Skill? Find(string name);

    /// <summary>
    /// The text of a file beside a skill's <c>SKILL.md</c>. Never leaves the skill's folder, whatever the path says; null when there is no
    /// such file or it lies outside.
    /// </summary>
    Task<string?> ReadFileAsync(Skill skill, string relativePath, CancellationToken cancellationToken);
}
