using SreAgent.Core.Skills;

namespace SreAgent.Testing;

/// <summary>Skills a test wrote; none has files beside it.</summary>
public sealed class InMemorySkills(params Skill[] skills) : ISkillCatalogue
{
    public IReadOnlyList<Skill> All { get; } = skills;

    public Skill? Find(string name) => All.FirstOrDefault(skill => skill.Name == name);

    public Task<string?> ReadFileAsync(Skill skill, string relativePath, CancellationToken cancellationToken) => Task.FromResult<string?>(null);
}
