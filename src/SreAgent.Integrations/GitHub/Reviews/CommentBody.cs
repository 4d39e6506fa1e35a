using System.Globalization;
using System.Text;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Integrations.GitHub.Reviews;

/// <summary>
/// Puts a comment together within GitHub's limit. What does not fit is left out where the comment says least, at the end of a section, and the
/// comment says so.
/// </summary>
internal sealed class CommentBody
{
    /// <summary>GitHub takes 65,536 characters; in bytes, which are never fewer, and with room for the marker.</summary>
    public const int Most = 65_000;

    private const int LongestLine = 4_000;

    /// <summary>Room to say of one section that it is cut, and to close it.</summary>
    private const int Ending = 400;

    private readonly StringBuilder _text = new();
    private readonly int _most;
    private readonly string _rest;
    private int _bytes;

    private CommentBody(int most, string rest) => (_most, _rest) = (most, rest);

    /// <param name="comment">In parts.</param>
    /// <param name="rest">A sentence that says where to read what was left out.</param>
    /// <param name="silence">Keeps a text from calling people.</param>
    /// <param name="most">Bytes of UTF-8.</param>
    public static string Compose(ReviewComment comment, string rest, Func<string, string> silence, int most = Most)
    {
        var body = new CommentBody(most, rest);
        if (comment.Collapsed)
        {
            body.Add($"<details><summary>{comment.Heading.TrimStart('#', ' ')}</summary>\n\n");
        }
        else
        {
            body.Add($"{comment.Heading}\n\n");
        }

        body.Add($"{Cut(silence(comment.Summary))}\n");
        foreach (var section in comment.Sections)
        {
            body.Add(section with { Lines = [.. section.Lines.Select(line => Cut(silence(line)))] });
        }

        if (comment.Collapsed)
        {
            body.Add("\n</details>\n");
        }

        return body._text.ToString();
    }

    private void Add(CommentSection section)
    {
        var (opening, closing) = section.Folded
            ? ($"\n<details><summary>{section.Title} ({section.Lines.Count.ToString(CultureInfo.InvariantCulture)})</summary>\n\n", "\n</details>\n")
            : ($"\n#### {section.Title}\n\n", "");
        var room = _most - _bytes - Size(opening) - Ending;
        if (room < Size(section.Lines[0]))
        {
            // Not even its first line. Sections to come are no smaller a matter, so each is named as long as that fits.
            if (_bytes + Ending <= _most)
            {
                Add($"\n_{section.Title}: left out, {section.Lines.Count} lines. {_rest}_\n");
            }

            return;
        }

        Add(opening);
        var shown = 0;
        foreach (var line in section.Lines)
        {
            room -= Size(line) + 1;
            if (room < 0)
            {
                break;
            }

            Add($"{line}\n");
            shown++;
        }

        if (shown < section.Lines.Count)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"\n_{section.Lines.Count - shown} more lines do not fit here. {_rest}_\n"));
        }

        Add(closing);
    }

    private void Add(string text)
    {
        _text.Append(text);
        _bytes += Size(text);
    }

    private static string Cut(string line) =>
        line.Length <= LongestLine ? line : line[..(char.IsHighSurrogate(line[LongestLine - 2]) ? LongestLine - 2 : LongestLine - 1)] + "…";

    private static int Size(string text) => Encoding.UTF8.GetByteCount(text);
}
