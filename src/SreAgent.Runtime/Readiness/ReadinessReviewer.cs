using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Readiness;

/// <summary>Lists the tree, reads what readers ask for, and lets the rules decide.</summary>
internal sealed class ReadinessReviewer(IEnumerable<IStatementReader> readers, QuestionJudge judge) : IReadinessReviewer
{
    private const int LargestFile = 1024 * 1024;

    private readonly IStatementReader[] _readers = [.. readers];

    public async Task<ReadinessReview> ReviewAsync(ISourceTree tree, Persona persona, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (persona.MustAnswer.Count == 0)
        {
            throw new ToolException($"Persona '{persona.Id}' has no must-answer list, so there is nothing to review against. Add a '## Must-Answer' section to {persona.Path}, or choose another persona.");
        }

        var listing = await tree.ListAsync(cancellationToken);
        var notLookedAt = new List<string>(listing.NotLookedAt);
        var statements = new List<Statement>();
        foreach (var file in listing.Files)
        {
            var wanted = _readers.Where(reader => reader.Reads(file)).ToArray();
            if (wanted.Length == 0)
            {
                continue;
            }

            if (file.Size > LargestFile)
            {
                notLookedAt.Add($"{file.Path}: {file.Size / 1024} KiB, more than the {LargestFile / 1024} KiB that are read of one file");
            }
            else if (await tree.ReadAsync(file.Path, LargestFile, cancellationToken) is not { } bytes)
            {
                notLookedAt.Add($"{file.Path}: could not be read");
            }
            else if (SourceText.From(file.Path, bytes.Span) is not { } text)
            {
                notLookedAt.Add($"{file.Path}: binary");
            }
            else
            {
                statements.AddRange(wanted.SelectMany(reader => reader.Read(text)));
            }
        }

        return new ReadinessReview
        {
            Subject = tree.Subject,
            Commit = tree.Commit,
            Persona = persona.Id,
            Questions = [.. persona.MustAnswer.Select(question => judge.Judge(question, statements))],
            Findings = FindingRules.Find(statements, listing),
            NotLookedAt = notLookedAt,
        };
    }
}
