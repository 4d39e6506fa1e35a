using System.Text;

namespace SreAgent.Lab.GitHub;

/// <summary>A unified diff of two texts in one hunk: from the first line that differs to the last, with three lines about it.</summary>
internal sealed record LineDiff(int Additions, int Deletions, string Text)
{
    private const int Context = 3;

    public static LineDiff Of(string before, string after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var (deleted, added) = (old[head..^tail], now[head..^tail]);
        var lead = old[Math.Max(0, head - Context)..head];
        var trail = old[^tail..].Take(Context).ToArray();
        var text = new StringBuilder($"@@ -{Range(head - lead.Length, lead.Length + deleted.Length + trail.Length)} +{Range(head - lead.Length, lead.Length + added.Length + trail.Length)} @@");
        Append(' ', lead);
        Append('-', deleted);
        Append('+', added);
        Append(' ', trail);
        return new LineDiff(added.Length, deleted.Length, text.ToString());

        void Append(char mark, IEnumerable<string> lines)
        {
            foreach (var line in lines)
            {
                text.Append('\n').Append(mark).Append(line);
            }
        }
    }

    /// <summary>First line, from 1, and how many; a range of none begins before its line.</summary>
    private static string Range(int skipped, int count) => count switch
    {
        0 => $"{skipped},0",
        1 => $"{skipped + 1}",
        _ => $"{skipped + 1},{count}",
    };

    private static string[] Lines(string text) => text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
}
