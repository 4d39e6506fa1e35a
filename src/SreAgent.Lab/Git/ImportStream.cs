using System.Text;

namespace SreAgent.Lab.Git;

/// <summary>A history as <c>git fast-import</c> reads it.</summary>
internal sealed class ImportStream
{
    private readonly StringBuilder _content = new();
    private int _commits;

    public ReadOnlyMemory<byte> Bytes => Encoding.UTF8.GetBytes(_content.ToString());

    /// <summary>Adds a commit on top of the branch.</summary>
    /// <param name="branch">Its full name.</param>
    /// <param name="message">Without the line break it ends with.</param>
    /// <param name="files">Path to new content, or to null where a file goes.</param>
    /// <param name="tag">Points at the commit.</param>
    public void Commit(string branch, string author, DateTimeOffset at, string message, IReadOnlyDictionary<string, string?> files, string tag)
    {
        var signature = GitObjects.Signature(author, at);
        Line($"commit {branch}");
        Line($"mark :{++_commits}");
        Line($"author {signature}");
        Line($"committer {signature}");
        Data(message + "\n");
        foreach (var (path, content) in files)
        {
            if (content is null)
            {
                Line($"D {path}");
            }
            else
            {
                Line($"M 100644 inline {path}");
                Data(content);
            }
        }

        Line($"reset refs/tags/{tag}");
        Line($"from :{_commits}");
        Line("");
    }

    private void Data(string text)
    {
        Line($"data {Encoding.UTF8.GetByteCount(text)}");
        Line(text);
    }

    private void Line(string text) => _content.Append(text).Append('\n');
}
