using System.Text;

namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>
/// Takes the marks of Go templates (Helm charts), Jinja and ERB out of YAML, line by line, so that line numbers stay: a line that is nothing but marks
/// becomes empty, a mark within a line becomes a word. Both branches of a condition stay in.
/// </summary>
internal static class TemplateMarks
{
    /// <returns>The text, and the lines on which a template puts content of its own (as opposed to a condition or a loop).</returns>
    public static (string Text, HashSet<int> Filled) Remove(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        var filled = new HashSet<int>();
        var within = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var (line, fills) = Plain(lines[i], ref within);
            if (fills)
            {
                filled.Add(i + 1);
            }

            text.Append(line).Append('\n');
        }

        return (text.ToString(), filled);
    }

    private static (string Line, bool Fills) Plain(string line, ref bool within)
    {
        if (!within && line.AsSpan().Trim() is ['{', '%', .., '%', '}'] or ['<', '%', .., '%', '>'])
        {
            return ("", false);
        }

        if (!within && !line.Contains("{{", StringComparison.Ordinal))
        {
            return (line, false);
        }

        var plain = new StringBuilder(line.Length);
        var (words, fills) = (false, false);
        for (var at = 0; at < line.Length;)
        {
            if (within || (line[at] == '{' && at + 1 < line.Length && line[at + 1] == '{'))
            {
                var end = within ? EndOf(line, at) : EndOf(line, at + 2);
                var content = Content(line[Math.Min(at + 2, line.Length)..end]);
                within = end == line.Length && !line.EndsWith("}}", StringComparison.Ordinal);
                if (content is ['"', .., '"'] or ['`', .., '`'])
                {
                    // A text a template writes as it is, most often the marks of another template.
                    plain.Append(content[1..^1]);
                }
                else if (!IsControl(content))
                {
                    plain.Append(YamlScalar.Templated);
                    fills = true;
                }

                at = end;
            }
            else
            {
                words |= !char.IsWhiteSpace(line[at]);
                plain.Append(line[at++]);
            }
        }

        return words ? (plain.ToString(), false) : ("", fills);
    }

    private static string Content(string mark) => (mark.EndsWith("}}", StringComparison.Ordinal) ? mark[..^2] : mark).Trim('-', ' ');

    private static bool IsControl(string content) =>
        content.StartsWith("if ", StringComparison.Ordinal) || content.StartsWith("else", StringComparison.Ordinal) || content.StartsWith("end", StringComparison.Ordinal)
        || content.StartsWith("with ", StringComparison.Ordinal) || content.StartsWith("range ", StringComparison.Ordinal) || content.StartsWith("define ", StringComparison.Ordinal)
        || content.StartsWith("/*", StringComparison.Ordinal) || content.StartsWith('$') && content.Contains('=', StringComparison.Ordinal);

    // The end of a mark: its closing braces, not those inside quotes.
    private static int EndOf(string line, int from)
    {
        char? quote = null;
        for (var at = from; at < line.Length; at++)
        {
            if (quote is { } open)
            {
                quote = line[at] == open ? null : quote;
            }
            else if (line[at] is '"' or '`')
            {
                quote = line[at];
            }
            else if (line[at] == '}' && at + 1 < line.Length && line[at + 1] == '}')
            {
                return at + 2;
            }
        }

        // An open quote was none: a mark that does end on this line must not swallow the next.
        return line.IndexOf("}}", from, StringComparison.Ordinal) is >= 0 and var close ? close + 2 : line.Length;
    }
}
