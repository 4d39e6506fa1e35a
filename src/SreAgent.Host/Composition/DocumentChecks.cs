using SreAgent.Core.Personas;
using SreAgent.Core.Skills;
using SreAgent.Host.Commands.Documents;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Personas;
using SreAgent.Runtime.Skills;
using SreAgent.Runtime.Tools;

namespace SreAgent.Host.Composition;

/// <summary>The personas in use, or any files, held against the tools, personas and skills this installation has.</summary>
internal sealed class PersonaFileCheck(PersonaCatalogue personas, KnownNamesSource known) : IPersonaFileCheck
{
    public async Task<IReadOnlyList<DocumentRow>> CheckAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        DocumentRows.From(paths.Count == 0 ? personas.Reports(known.Now) : await PersonaCheck.CheckAsync(paths, known.Now, cancellationToken));
}

/// <inheritdoc cref="PersonaFileCheck"/>
internal sealed class SkillFileCheck(SkillCatalogue skills, KnownNamesSource known) : ISkillFileCheck
{
    public async Task<IReadOnlyList<DocumentRow>> CheckAsync(IReadOnlyList<string> paths, CancellationToken cancellationToken) =>
        DocumentRows.From(paths.Count == 0 ? skills.Reports(known.Now) : await SkillCheck.CheckAsync(paths, known.Now, cancellationToken));
}

/// <summary>What exists here, for files that name it.</summary>
internal sealed class KnownNamesSource(
    ToolCatalogue tools, SwitchedOffToolsets switchedOff, IPersonaCatalogue personas, ISkillCatalogue skills)
{
    public KnownNames Now => KnownNames.Of(tools.All, personas, skills) with { SwitchedOff = switchedOff };
}

internal static class DocumentRows
{
    public static IReadOnlyList<DocumentRow> From(IReadOnlyList<DocumentReport> reports) =>
    [
        .. reports.Select(report => new DocumentRow(
            report.Path, report.Id, report.Name, report.Dialect, report.Loaded,
            [.. report.Problems.Select(problem => new DocumentRowProblem(problem.Line, problem.Severity, problem.Message))])),
    ];
}
