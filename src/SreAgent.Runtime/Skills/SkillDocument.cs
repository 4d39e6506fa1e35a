using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Skills;

/// <summary>A skill and where in its file it names tools.</summary>
/// <param name="Tools">What it says it uses, in this host's words.</param>
internal sealed record SkillDocument(Skill Skill, IReadOnlyList<NamedTool> Tools)
{
    /// <summary>What it names and this host does not have. The skill is used all the same.</summary>
    public IEnumerable<DocumentProblem> Unknown(KnownNames known) =>
        Tools.Select(tool => known.Missing(tool.Pattern, tool.Line)).OfType<DocumentProblem>();
}
