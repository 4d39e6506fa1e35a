using SreAgent.Core.Personas;
using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>
/// Judges a question no rules are known for by its own words: prose that says several of them, beneath a heading or a question that says them
/// too, is an answer. Careful by design: without such a heading it is partly answered at most.
/// </summary>
internal static class OwnWords
{
    private const int StemLength = 6;
    private const int FewestWords = 5;
    private const double Enough = 0.5;

    private static readonly HashSet<string> SmallWords = new(StringComparer.Ordinal)
    {
        "a", "about", "all", "an", "and", "any", "are", "as", "at", "be", "been", "by", "can", "come", "comes", "could", "do", "does", "each", "every", "for",
        "from", "has", "have", "hold", "how", "if", "in", "into", "is", "it", "its", "kind", "made", "make", "may", "must", "need", "of", "off", "on", "one",
        "or", "our", "out", "should", "so", "such", "take", "takes", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those",
        "to", "under", "up", "used", "was", "we", "were", "what", "when", "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
    };

    public static QuestionReview Judge(MustAnswer question, IReadOnlyList<StatementReading> statements)
    {
        var asked = Stems(question.Question);
        var found = new List<(double Score, bool Strong, StatementReading Statement)>();
        foreach (var statement in statements)
        {
            if (statement.Aside || statement.PutsOff || statement.Short != ShortAnswer.None || asked.Count == 0)
            {
                continue;
            }

            var said = Share(asked, statement.Statement.Text);
            var under = statement.Statement.Under.Select(line => Share(asked, line)).DefaultIfEmpty().Max();
            var strong = under >= Enough && said > 0 && statement.WordCount >= FewestWords;
            if (strong || said >= Enough && asked.Count > 1)
            {
                found.Add((said + under, strong, statement));
            }
        }

        var best = found.OrderByDescending(hit => hit.Strong).ThenByDescending(hit => hit.Score).ThenBy(hit => hit.Statement.Order).ToArray();
        var verdict = best switch
        {
            [] => Verdict.Missing,
            [{ Strong: true }, ..] => Verdict.Answered,
            _ => Verdict.Partly,
        };
        var gap = $"Write the answer to \"{question.Question}\" under a heading of its own in {BestPlace.For([], statements)}.";
        return new QuestionReview(
            question.Id,
            question.Question,
            verdict,
            [.. best.Select(hit => hit.Statement.Statement.At).DistinctBy(at => (at.Path, at.Line, at.EndLine)).Take(SubQuestionJudge.MostEvidence)],
            verdict == Verdict.Answered ? [] : [verdict == Verdict.Partly ? $"What was found only touches the question. {gap}" : gap]);
    }

    private static double Share(HashSet<string> asked, string text) => (double)Stems(text).Count(asked.Contains) / asked.Count;

    private static HashSet<string> Stems(string text) =>
        [.. Words.Of(text).Select(word => word.Text).Where(word => word.Length > 2 && !SmallWords.Contains(word)).Select(word => word.Length > StemLength ? word[..StemLength] : word)];
}
