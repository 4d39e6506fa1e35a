using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>
/// Gives every must-answer question an id that other parts can rely on: the one written before it (<c>`on-call`: ...</c>), one of the five
/// fixed ones when its words are about that, else one made from its words.
/// </summary>
internal static class MustAnswerReader
{
    public const string SloObservability = "slo-observability";
    public const string FailureRecovery = "failure-recovery";
    public const string Upgrade = "upgrade";
    public const string Dependencies = "dependencies";
    public const string OnCall = "on-call";

    private const int SlugWords = 6;

    // Beginnings of words; whole words where a space follows. The id with most of them in the question wins; of equal ones the first, so the narrower stand first.
    private static readonly (string Id, string[] Words)[] Topics =
    [
        (Upgrade, ["upgrade", "migrat", "compatib", "rollout"]),
        (OnCall, ["on call", "oncall", "escalat", "runbook", "pager", "ownership", "rotation"]),
        (Dependencies, ["dependenc", "depend", "upstream", "downstream", "degraded", "third part"]),
        (SloObservability, ["slo ", "sli ", "slos ", "slis ", "service level", "observab", "monitor", "dashboard", "alert"]),
        (FailureRecovery, ["failure", "fail", "recover", "rollback", "roll back", "restore", "backup", "disaster"]),
    ];

    private static readonly HashSet<string> SmallWords = new(StringComparer.Ordinal)
    {
        "a", "an", "and", "any", "are", "as", "at", "be", "by", "can", "do", "does", "for", "from", "has", "have", "how", "if", "in", "is", "it", "its", "of",
        "on", "or", "our", "that", "the", "their", "there", "they", "this", "to", "was", "we", "what", "when", "where", "which", "who", "why", "will", "with", "you",
    };

    public static IReadOnlyList<MustAnswer> Read(MarkdownOutline outline, List<DocumentProblem> problems)
    {
        var questions = new List<MustAnswer>();
        foreach (var item in outline.ItemsOf(PersonaSection.MustAnswer))
        {
            var (id, question) = Explicit(item.Text) ?? (IdOf(item.Text), MarkdownText.Unmarked(item.Text));
            if (questions.Exists(other => other.Id == id))
            {
                var another = FromWords(question);
                if (another == id || questions.Exists(other => other.Id == another))
                {
                    another = $"{another}-{questions.Count + 1}";
                }

                problems.Add(new DocumentProblem(item.Line, ProblemSeverity.Warning,
                    $"Two must-answer questions are about '{id}'; the second is known as '{another}'. Write an id before it to choose: `my-id`: question."));
                id = another;
            }

            questions.Add(new MustAnswer(id, question));
        }

        return questions;
    }

    internal static string IdOf(string question)
    {
        // Words are looked for with the spaces around them, so the first and the last get theirs too.
        var words = $" {MarkdownText.Key(question)} ";
        var best = Topics.Select(topic => (topic.Id, Hits: topic.Words.Count(word => words.Contains(" " + word, StringComparison.Ordinal))))
            .MaxBy(topic => topic.Hits);
        return best.Hits > 0 ? best.Id : FromWords(question);
    }

    private static (string, string)? Explicit(string text)
    {
        if (text.Length == 0 || text[0] != '`' || text.IndexOf('`', 1) is var end && end < 2)
        {
            return null;
        }

        var id = Slug.Of(text[1..end]);
        var rest = MarkdownText.Unmarked(text[(end + 1)..]).TrimStart(':', '-', '–', '—', ' ');
        return id.Length > 0 && rest.Length > 0 ? (id, rest) : null;
    }

    private static string FromWords(string question)
    {
        var words = MarkdownText.Key(question).Split(' ').Where(word => word.Length > 0 && !SmallWords.Contains(word)).Take(SlugWords);
        return Slug.Of(string.Join(' ', words)) is { Length: > 0 } slug ? slug : "question";
    }
}
