using SreAgent.Core.Personas;
using SreAgent.Core.Redaction;

namespace SreAgent.Core.Readiness.Gate;

/// <summary>
/// Decides whether a review may be published, whoever wrote it: complete, each claim with a citation that is re-read now, no secret, and about
/// the commit that is still the head. What fails is withheld, with every reason.
/// </summary>
/// <param name="redactor">Knows this installation's secrets.</param>
/// <param name="readers">Say which text of a file is a statement. A review not made from statements is held to them.</param>
/// <param name="judge">Says which statements only promise.</param>
public sealed class ReviewGate(Redactor redactor, IEnumerable<IStatementReader> readers, Lazy<QuestionJudge> judge)
{
    private readonly IStatementReader[] _readers = [.. readers];

    /// <param name="review">Of any author.</param>
    /// <param name="persona">Whose list it has to answer.</param>
    /// <param name="tree">What it speaks of.</param>
    /// <param name="head">The commit its subject is at now; null for files that are no commit.</param>
    /// <param name="author">Who wrote it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<GateDecision> DecideAsync(ReadinessReview review, Persona persona, ISourceTree tree, string? head, ReviewAuthor author, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(review);
        ArgumentNullException.ThrowIfNull(persona);
        ArgumentNullException.ThrowIfNull(tree);
        if (!string.Equals(review.Commit, head, StringComparison.Ordinal) || !string.Equals(tree.Commit, head, StringComparison.Ordinal))
        {
            return new GateDecision([$"It speaks of {Named(review.Commit)}, and {tree.Subject} is at {Named(head)} now. Review that."], review) { HeadMoved = true };
        }

        var check = new CitationCheck(tree, author == ReviewAuthor.Other ? new StatementsHeldTo(_readers, judge.Value) : null);
        var gone = await check.FaultsAsync(review, cancellationToken);
        string[] reasons = [.. ReviewForm.Faults(review, persona, author), .. SecretFaults(review), .. gone];
        return new GateDecision(reasons, reasons.Length == 0 && author == ReviewAuthor.Other ? await WholeAsync(review, check, cancellationToken) : review) { FilesChanged = gone.Count > 0 };
    }

    /// <summary>Shows all that can be shown of the lines where somebody quoted a part of them: "a rollback is documented" may stand behind "nowhere".</summary>
    private static async Task<ReadinessReview> WholeAsync(ReadinessReview review, CitationCheck check, CancellationToken cancellationToken)
    {
        var questions = new List<QuestionReview>();
        foreach (var question in review.Questions)
        {
            var evidence = new List<Citation>();
            foreach (var citation in question.Evidence)
            {
                evidence.Add(await check.WholeAsync(citation, cancellationToken));
            }

            questions.Add(question with { Evidence = evidence });
        }

        return review with { Questions = questions };
    }

    /// <summary>Names the place, never the secret.</summary>
    private IEnumerable<string> SecretFaults(ReadinessReview review) =>
        ReviewTexts.Of(review).Where(text => !string.Equals(redactor.Redact(text.Text), text.Text, StringComparison.Ordinal))
            .Select(text => $"{text.Place} carries a secret. Leave it out: cite another line, or end the quote with … before it.").Distinct(StringComparer.Ordinal);

    private static string Named(string? commit) => commit is null ? "files that are no commit" : $"commit {commit}";
}

/// <summary>Who wrote a review.</summary>
public enum ReviewAuthor
{
    /// <summary>This host's rules, from statements the readers yielded.</summary>
    Engine = 0,

    /// <summary>A model or an outside client. Everything it says is checked against the files.</summary>
    Other,
}

/// <param name="Reasons">Why it is withheld; empty when it may be published.</param>
/// <param name="Review">As it may be published: somebody else's quotes are replaced by all that can be shown of the lines they cite.</param>
public sealed record GateDecision(IReadOnlyList<string> Reasons, ReadinessReview Review)
{
    public bool Publishable => Reasons.Count == 0;

    /// <summary>The subject has gone on since it was read; a new review may pass.</summary>
    public bool HeadMoved { get; init; }

    /// <summary>What is cited does not stand there; of files that are no commit, it may have when they were read.</summary>
    public bool FilesChanged { get; init; }
}
