using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Prose;

/// <summary>
/// Turns blocks into statements: every sentence that says something, beneath the headings, the label and the question it stands under. What asks,
/// announces or leaves blank is no statement.
/// </summary>
internal sealed class ProseAssembler(SourceText source)
{
    private const int MostWordsOfLabel = 8;
    private const int LongestCode = 800;
    private const int LongestContext = 240;

    private static readonly string[] Contents = ["table of contents", "contents", "toc", "index", "on this page"];

    private static readonly IReadOnlyDictionary<string, string> NoFields = new Dictionary<string, string>(StringComparer.Ordinal);

    private readonly List<(int Level, string Text)> _headings = [];
    private readonly List<Label> _labels = [];
    private int _skipBelow = int.MaxValue;

    public IEnumerable<Statement> Assemble(IEnumerable<ProseBlock> blocks)
    {
        ProseBlock? before = null;
        foreach (var block in blocks)
        {
            if (before is not null)
            {
                foreach (var statement in Of(before, block))
                {
                    yield return statement;
                }
            }

            before = block;
        }

        if (before is not null)
        {
            foreach (var statement in Of(before, null))
            {
                yield return statement;
            }
        }
    }

    private IEnumerable<Statement> Of(ProseBlock block, ProseBlock? next)
    {
        switch (block)
        {
            case ProseBlock.Heading heading:
                Enter(heading);
                return [];
            case ProseBlock.Item item:
                Enter(item);
                return [];
            case var _ when _skipBelow != int.MaxValue:
                return [];
            case ProseBlock.Paragraph text:
                Leave(text.Depth);
                return ProseLabels.Lines(text) is { Count: > 0 } lines ? lines.SelectMany(line => Field(line, next)) : Of(text, Nests(text.Depth, next));
            case ProseBlock.Cell cell:
                Leave(0, keepAnnouncement: true);
                return cell.Words.Text.Contains('?', StringComparison.Ordinal) && cell.Words.Text.TrimEnd().EndsWith('?') ? [] : Sentence(cell.Words, 0, [.. Context(), .. cell.Under], cell.Words.Text.Trim());
            case ProseBlock.Code code:
                Leave(code.Depth, keepAnnouncement: true);
                return Of(code);
            default:
                return [];
        }
    }

    private void Enter(ProseBlock.Heading heading)
    {
        _headings.RemoveAll(other => other.Level >= heading.Level);
        _labels.Clear();
        if (heading.Level <= _skipBelow)
        {
            _skipBelow = Contents.Contains(heading.Title.Trim(' ', ':').ToLowerInvariant()) ? heading.Level : int.MaxValue;
        }

        if (heading.Title.Length > 0)
        {
            _headings.Add((heading.Level, Cut(heading.Title)));
        }
    }

    /// <summary>
    /// Ends the item before. A question nothing was said to is answered by the items beside it, and then by all of them up to the next question.
    /// </summary>
    private void Enter(ProseBlock.Item item)
    {
        for (var i = _labels.Count - 1; i >= 0; i--)
        {
            var label = _labels[i];
            if (label is { Question: true, Answered: false } or { Adopted: true } && label.Depth == item.Depth)
            {
                _labels[i] = label with { Adopted = true };
            }
            else if (label.Depth >= item.Depth)
            {
                _labels.RemoveAt(i);
            }
        }
    }

    /// <summary>Forgets what was opened further in. A question nobody has answered yet is still open; what announced a list is done with once the text goes on.</summary>
    private void Leave(int depth, bool keepAnnouncement = false)
    {
        for (var i = _labels.Count - 1; i >= 0; i--)
        {
            var label = _labels[i];
            if (label.Depth > depth && label is { Question: true, Answered: false } && i == _labels.Count - 1)
            {
                _labels[i] = label with { Depth = depth };
            }
            else if (label.Depth > depth || label.Depth == depth && label.Announces && !keepAnnouncement)
            {
                _labels.RemoveAt(i);
            }
        }
    }

    /// <summary>One of several lines that each fill in a field.</summary>
    private IEnumerable<Statement> Field(ProseBlock.Paragraph line, ProseBlock? next)
    {
        Leave(line.Depth);
        return Of(line, Nests(line.Depth, next));
    }

    /// <summary>What follows stands beneath it.</summary>
    private static bool Nests(int depth, ProseBlock? next) => next is ProseBlock.Item item && item.Depth > depth;

    private IEnumerable<Statement> Of(ProseBlock.Paragraph block, bool nests)
    {
        var text = block.Words.Text.TrimEnd();
        if (Placeholders.IsEmpty(text) || block.Slanted && Placeholders.Instructs(text[Math.Min(block.Lead, text.Length)..]))
        {
            return [];
        }

        var (label, rest) = ProseLabels.Split(text, block.Lead);
        if (label is not null)
        {
            Open(new Label(block.Depth, Cut(label), ProseLabels.Asks(label), Announces: !ProseLabels.Asks(label) && (label.EndsWith(':') || rest < text.Length)));
        }

        if (rest >= text.Length)
        {
            return [];
        }

        // A choice that is not ticked says nothing, and one that is ticked only names what is told beneath it.
        var box = block.Box ?? ProseLabels.Box(ref text, ref rest);
        if (box == false || box == true && nests)
        {
            Open(new Label(block.Depth, Cut(text[rest..]), Question: false, Announces: false));
            return [];
        }

        var statements = Sentences(block, text, rest).ToArray();
        var said = text[rest..];
        if (said.EndsWith(':') || nests && block.Depth == 0 && char.IsLetterOrDigit(said[^1]))
        {
            Open(new Label(block.Depth, Cut(said), Question: false, Announces: true));
        }
        else if (block.Depth > 0 && label is null && said.Split(' ').Length <= MostWordsOfLabel)
        {
            Open(new Label(block.Depth, Cut(said), Question: false, Announces: false));
        }

        return statements;
    }

    private IEnumerable<Statement> Sentences(ProseBlock.Paragraph block, string text, int rest)
    {
        var under = Context();
        foreach (var range in Prose.Sentences.Of(text[rest..]))
        {
            var sentence = text[rest..][range];
            if (sentence.EndsWith('?'))
            {
                under = [.. Context(), Cut(sentence)];
                continue;
            }

            foreach (var statement in Sentence(block.Words, rest + range.Start.Value, under, sentence, block.OnlyLink))
            {
                yield return statement;
            }
        }
    }

    private IEnumerable<Statement> Sentence(VisibleText words, int offset, IReadOnlyList<string> under, string sentence, bool onlyLink = false)
    {
        if (Placeholders.IsEmpty(sentence))
        {
            yield break;
        }

        MarkAnswered();
        yield return new Statement
        {
            Kind = StatementKind.Prose,
            At = source.Cite(words.LineOf(offset), words.LineOf(offset + sentence.Length - 1)),
            Text = sentence,
            Under = under,
            Fields = onlyLink ? StatementForms.Link : NoFields,
        };
    }

    private IEnumerable<Statement> Of(ProseBlock.Code code)
    {
        var content = code.Content.Length > LongestCode ? code.Content[..LongestCode] : code.Content;
        if (!CodeText.IsConcrete(content, code.Language))
        {
            yield break;
        }

        MarkAnswered();
        var first = code.Line;
        yield return new Statement
        {
            Kind = StatementKind.Prose,
            At = source.Cite(first, Math.Min(code.EndLine, first + 5)),
            Text = content.Trim(),
            Under = Context(),
            Fields = StatementForms.Code,
        };
    }

    private void Open(Label label)
    {
        _labels.RemoveAll(other => other.Depth > label.Depth || other.Depth == label.Depth && (label.Question || !other.Question));
        _labels.Add(label);
    }

    private void MarkAnswered()
    {
        for (var i = 0; i < _labels.Count; i++)
        {
            _labels[i] = _labels[i] with { Answered = true };
        }
    }

    private string[] Context() => [.. _headings.Select(heading => heading.Text), .. _labels.Select(label => label.Text)];

    private static string Cut(string text) => text.Length > LongestContext ? text[..LongestContext] : text;

    /// <param name="Announces">It ends with a colon and what it announces follows.</param>
    /// <param name="Answered">Something was said beneath it.</param>
    /// <param name="Adopted">It is an item of a list, and the items after it answer it.</param>
    private sealed record Label(int Depth, string Text, bool Question, bool Announces, bool Answered = false, bool Adopted = false);
}
