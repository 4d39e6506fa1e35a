using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>What a sentence does to a rule.</summary>
internal enum ProseAnswer
{
    Nothing = 0,

    Answers,

    Declines,

    DeclinesBare,

    /// <summary>It stands where the answer would, and only promises it.</summary>
    PutsOff,
}

/// <summary>A prose rule with its phrases looked up.</summary>
internal sealed class CompiledProse
{
    private const int FewestWords = 2;

    /// <summary>How far out a heading may stand and still say what a sentence is about.</summary>
    private const int Reach = 4;

    private readonly int? _under;
    private readonly int? _notUnder;
    private readonly int? _in;
    private readonly int[] _says;
    private readonly int? _unless;
    private readonly bool _yesNo;
    private readonly bool _anywhere;
    private readonly bool _asked;
    private readonly bool _link;
    private readonly bool _code;
    private readonly HashSet<ShortAnswer> _bare;

    public CompiledProse(ProseRule rule, Lexicon lexicon)
    {
        _under = Set(rule.Under, lexicon);
        _notUnder = Set(rule.NotUnder, lexicon);
        _in = Set(rule.In, lexicon);
        _says = [.. rule.Says.Select(lexicon.Add)];
        _unless = Set(rule.Unless, lexicon);
        _yesNo = rule.YesNo;
        _anywhere = rule.Anywhere;
        _asked = rule.Asked;
        _link = rule.Says.Any(group => group.Contains("<link>"));
        _code = rule.Code;
        _bare = [.. rule.Bare.Select(ShortAnswers.Named).OfType<ShortAnswer>()];
    }

    public ProseAnswer Holds(StatementReading statement)
    {
        if (statement.IsCode && !_code || statement.IsLink && !_link || _in is { } place && !statement.In.Has(place))
        {
            return ProseAnswer.Nothing;
        }

        if (!statement.OfItself && !statement.Answers && (_under is { } about && statement.Subject.Has(about) || _under is null && statement.Subject.Has(_says[0])))
        {
            return ProseAnswer.Nothing;
        }

        if (statement.Aside || (_under is null ? statement.Answers || !statement.Operational && !_anywhere : !StandsUnder(statement)))
        {
            return _under is { } topic && !statement.Aside && statement.Declines && statement.Says.Has(topic) ? ProseAnswer.Declines : ProseAnswer.Nothing;
        }

        if (statement.Short != ShortAnswer.None)
        {
            return _under is null ? ProseAnswer.Nothing
                : _bare.Contains(statement.Short) ? ProseAnswer.Answers
                : statement.Short == ShortAnswer.NotApplicable && _says.Length == 0 && statement.Under[0].Hits.Has(_under.Value) ? ProseAnswer.DeclinesBare
                : ProseAnswer.Nothing;
        }

        if (statement.PutsOff)
        {
            return _under is null ? ProseAnswer.Nothing : ProseAnswer.PutsOff;
        }

        // What does not apply is what the sentence stands right under; of a page about something wider it may be any part.
        if (statement.Declines && _under is { } declined && (_says.Length == 0 || statement.Under[0].Hits.Has(declined)))
        {
            return ProseAnswer.Declines;
        }

        // Something that names a machine's word says something in one word: a flag, a metric.
        var says = (_says.Length > 0 || statement.WordCount >= FewestWords || _under is not null && statement.WordCount == 1 && statement.Statement.Text.Length > 3)
            && Array.TrueForAll(_says, statement.Says.Has)
            && !(_unless is { } unless && statement.Says.Has(unless));
        return says ? ProseAnswer.Answers : ProseAnswer.Nothing;
    }

    /// <summary>A question narrows what stands beneath it: what is wider does not count any more.</summary>
    private bool StandsUnder(StatementReading statement)
    {
        foreach (var line in statement.Under.Take(Reach))
        {
            var named = line.Hits.Has(_under!.Value) && (line.Question || (line.Label ? !statement.Inside : !_asked));
            if (named && !(_notUnder is { } not && line.Hits.Has(not)))
            {
                return _yesNo || !line.YesNo;
            }

            if (named || line.Question)
            {
                return false;
            }
        }

        return false;
    }

    private static int? Set(IReadOnlyList<string> phrases, Lexicon lexicon) => phrases.Count == 0 ? null : lexicon.Add(phrases);
}
