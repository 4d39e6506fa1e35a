using System.Text;
using System.Text.Unicode;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>One edit as a model gives it: a whole file, a passage, or a file to delete.</summary>
internal sealed record FileEdit(
    string Path,
    string? Content = null,
    string? Old = null,
    string? New = null,
    bool Delete = false);

/// <summary>What a list of edits makes of the files, worked out before anything is written.</summary>
internal static class FileEdits
{
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    /// <summary>In order: a later edit of a file sees what an earlier one made of it.</summary>
    /// <exception cref="ToolException">One of them cannot be done; says which and why. Nothing has been written.</exception>
    public static async Task<IReadOnlyList<FileReplacement>> PlanAsync(WorktreeFiles files, IReadOnlyList<FileEdit> edits, CancellationToken cancellationToken)
    {
        var replacements = new Dictionary<WorktreePath, FileReplacement>();
        foreach (var edit in edits)
        {
            var path = WorktreePath.Parse(edit.Path);
            if (!replacements.TryGetValue(path, out var replacement))
            {
                var before = await files.ReadAsync(path, cancellationToken);
                replacement = new FileReplacement(path, before, before);
            }

            replacements[path] = replacement with { After = Apply(edit, path, replacement) };
        }

        return [.. replacements.Values.Where(replacement => replacement.Before is not null || replacement.After is not null)];
    }

    private static FileState? Apply(FileEdit edit, WorktreePath path, FileReplacement replacement) => edit switch
    {
        { Delete: true, Content: null, Old: null, New: null } =>
            replacement.After is null ? throw new ToolException($"There is no {path} to delete.") : null,
        { Delete: false, Content: { } content, Old: null, New: null } => Whole(content, path, replacement),
        { Delete: false, Content: null, Old.Length: > 0, New: not null } => Passage(edit.Old, edit.New, path, replacement.After),
        _ => throw new ToolException($"The edit of {path} must have either content, or old and new, or delete: true."),
    };

    private static FileState Whole(string content, WorktreePath path, FileReplacement replacement)
    {
        var before = replacement.After ?? replacement.Before;
        var text = before is null ? null : TextOf(before.Bytes);
        var bytes = Bytes(text is not null && HasWindowsLines(text) ? WithWindowsLines(content) : content, before);
        return bytes.Length > WorktreeFiles.MostBytes
            ? throw new ToolException($"{path} would be {bytes.Length >> 10:N0} KB; at most {WorktreeFiles.MostBytes >> 10:N0} KB are written.")
            : new FileState(bytes, before?.Mode);
    }

    private static FileState Passage(string old, string with, WorktreePath path, FileState? before)
    {
        if (before is null)
        {
            throw new ToolException($"There is no {path} to edit; give content to create it.");
        }

        var text = TextOf(before.Bytes) ?? throw new ToolException($"{path} is binary or not UTF-8, so it is not edited here.");
        if (HasWindowsLines(text))
        {
            (old, with) = (WithWindowsLines(old), WithWindowsLines(with));
        }

        var at = text.IndexOf(old, StringComparison.Ordinal);
        if (at < 0)
        {
            throw new ToolException($"The old text is not in {path}. Read it again with git_read_file and give the passage exactly, spaces included.");
        }

        return text.IndexOf(old, at + 1, StringComparison.Ordinal) >= 0
            ? throw new ToolException($"The old text is more than once in {path}. Give more of what stands around it.")
            : new FileState(Bytes(string.Concat(text.AsSpan(0, at), with, text.AsSpan(at + old.Length)), before), before.Mode);
    }

    /// <returns>Null when the bytes are no text.</returns>
    public static string? TextOf(byte[] bytes)
    {
        var text = HasMark(bytes) ? bytes.AsSpan(Mark.Length) : bytes;
        return Utf8.IsValid(text) && !text.Contains((byte)0) ? Encoding.UTF8.GetString(text) : null;
    }

    private static byte[] Bytes(string text, FileState? before)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return before is not null && HasMark(before.Bytes) && !HasMark(bytes) ? [.. Mark, .. bytes] : bytes;
    }

    private static bool HasMark(byte[] bytes) => bytes.AsSpan().StartsWith(Mark);

    /// <summary>Throughout; a file of both kinds is taken as it is.</summary>
    private static bool HasWindowsLines(string text) =>
        text.Contains("\r\n", StringComparison.Ordinal) && !text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal);

    private static string WithWindowsLines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
}
