using SreAgent.Core.Skills;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Skills;

/// <summary>The skills of the shipped, configured and user's folders, read when first asked for and again when a file changes.</summary>
public sealed class SkillCatalogue : ISkillCatalogue
{
    private readonly DocumentIndex<SkillDocument> _index;

    internal SkillCatalogue(IReadOnlyList<DocumentFolder> folders, TimeProvider clock, TimeSpan? lookEvery = null)
    {
        var shelf = new DocumentShelf<SkillDocument>(folders, DocumentFinder.IsSkill, SkillParser.Read, clock) { LookEvery = lookEvery ?? TimeSpan.FromSeconds(1) };
        _index = new DocumentIndex<SkillDocument>(shelf, document => document.Skill.Name);
    }

    public IReadOnlyList<Skill> All => [.. _index.Current.All.Select(document => document.Skill)];

    /// <summary>Everything noticed about the files, one row a file; folders that could not be read come first.</summary>
    public IReadOnlyList<DocumentReport> Problems => [.. Reports(KnownNames.Unchecked).Where(report => report.Problems.Count > 0)];

    public Skill? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _index.Current.ByName.GetValueOrDefault(name)?.Skill;
    }

    public Task<string?> ReadFileAsync(Skill skill, string relativePath, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(skill);
        ArgumentNullException.ThrowIfNull(relativePath);
        return Task.Run(() => SkillFiles.Read(skill, relativePath), cancellationToken);
    }

    /// <summary>As <c>skills check</c> reports files: every file of the catalogue, also checked against what this host has.</summary>
    public IReadOnlyList<DocumentReport> Reports(KnownNames known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return _index.Reports((path, document, notes) => SkillCheck.Report(path, document, notes, known));
    }
}
