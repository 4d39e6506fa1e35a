using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Readiness.Reading;

namespace SreAgent.Runtime.Readiness;

/// <summary>Lists the tree, reads what readers ask for, and lets the rules decide.</summary>
internal sealed class ReadinessReviewer(IEnumerable<IStatementReader> readers, Lazy<QuestionJudge> judge) : IReadinessReviewer
{
    private readonly TreeReader _reader = new([.. readers]);

    public async Task<ReadinessReview> ReviewAsync(ISourceTree tree, Persona persona, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (persona.MustAnswer.Count == 0)
        {
            throw new ToolException($"Persona '{persona.Id}' has no must-answer list, so there is nothing to review against. Add a '## Must-Answer' section to {persona.Path}, or choose another persona.");
        }

        // The rules are read while the tree is.
        var rules = Task.Run(() => judge.Value, cancellationToken);
        var listing = await tree.ListAsync(cancellationToken);
        var reading = await _reader.ReadAsync(tree, listing, progress, cancellationToken);
        return new ReadinessReview
        {
            Subject = tree.Subject,
            Commit = tree.Commit,
            Persona = persona.Id,
            Questions = [.. (await rules).Judge(persona.MustAnswer, DeadRunbookLinks.LeftOut(reading.Statements, listing))],
            Findings = FindingRules.Find(reading.Statements, listing),
            NotLookedAt = reading.NotLookedAt,
        };
    }
}
