using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>One file as it would be committed.</summary>
/// <param name="Mode">After, as git writes it; 000000 when it goes.</param>
/// <param name="Before">Hash of its content before; zeros when it is new.</param>
/// <param name="After">Hash of its content after.</param>
internal sealed record StagedFile(string Path, string ModeBefore, string Mode, string Before, string After)
{
    public bool IsDeleted => Mode == "000000";

    public bool IsNew => ModeBefore == "000000";

    public bool IsPlain => Mode is "100644" or "100755";

    /// <summary>From <c>git diff --raw -z</c>.</summary>
    public static IReadOnlyList<StagedFile> Read(IReadOnlyList<string> parts) =>
    [
        .. parts.Chunk(2).Where(pair => pair.Length == 2)
            .Select(pair => (Facts: pair[0].TrimStart(':').Split(' '), Path: pair[1]))
            .Select(file => new StagedFile(file.Path, file.Facts[0], file.Facts[1], file.Facts[2], file.Facts[3])),
    ];
}

/// <summary>Looks for secrets in what a commit would add: in lines that were not there before, in names, in the message.</summary>
internal sealed partial class CommitScan(GitCommand command, IEnumerable<ISecretSource> secrets)
{
    private const int MostBytes = 64 << 20;

    /// <summary>What must not be committed, one sentence each, without the secret. Empty when all is well.</summary>
    public async Task<IReadOnlyList<string>> RefusalsAsync(Worktree worktree, IReadOnlyList<StagedFile> files, string message, CancellationToken cancellationToken)
    {
        var redactor = new Redactor(secrets.SelectMany(source => source.Secrets));
        var refusals = new List<string>();
        refusals.AddRange(files.Where(file => file is { IsDeleted: false, IsPlain: false }).Select(file => $"{Shown(redactor, file.Path)} is a link or a submodule, which is not changed here."));
        var plain = files.Where(file => file.IsPlain).ToArray();
        var contents = await ContentsAsync(worktree, plain.SelectMany(file => file.IsNew ? [file.After] : new[] { file.Before, file.After }), cancellationToken);
        foreach (var file in plain)
        {
            var before = file.IsNew ? "" : TextOf(contents[file.Before]);
            refusals.AddRange(Kinds(redactor, Added(before, TextOf(contents[file.After]))).Select(kind => $"{Shown(redactor, file.Path)} has a secret in it ({kind})."));
        }

        refusals.AddRange(files.Where(file => !file.IsDeleted).SelectMany(file => Kinds(redactor, file.Path)).Select(kind => $"The name of a file has a secret in it ({kind})."));
        refusals.AddRange(Kinds(redactor, message).Select(kind => $"The message has a secret in it ({kind})."));
        return refusals;
    }

    private static string Shown(Redactor redactor, string path) => redactor.Redact(path);

    /// <summary>Lines, joined as they follow each other, so that a key of several lines is seen whole.</summary>
    private static string Added(string before, string after)
    {
        var old = before.Split('\n').ToHashSet(StringComparer.Ordinal);
        return string.Join('\n', after.Split('\n').Where(line => !old.Contains(line)));
    }

    private static string[] Kinds(Redactor redactor, string text)
    {
        var redacted = redactor.Redact(text);
        if (redacted == text)
        {
            return [];
        }

        // Marks that stood there before are text like any other.
        var before = Marks().Matches(text).CountBy(mark => mark.Value).ToDictionary(StringComparer.Ordinal);
        return [.. Marks().Matches(redacted).CountBy(mark => mark.Value).Where(mark => mark.Value > before.GetValueOrDefault(mark.Key)).Select(mark => mark.Key["[redacted:".Length..^1])];
    }

    private async Task<Dictionary<string, byte[]>> ContentsAsync(Worktree worktree, IEnumerable<string> hashes, CancellationToken cancellationToken)
    {
        var asked = hashes.Distinct(StringComparer.Ordinal).ToArray();
        var contents = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (asked.Length == 0)
        {
            return contents;
        }

        var call = worktree.Ask("cat-file", "--batch") with { Input = GitCall.Text(string.Join('\n', asked) + "\n"), MostOutput = MostBytes };
        var answer = await command.AskAsync(call, cancellationToken);
        if (answer.Truncated || !answer.Ok)
        {
            throw new ToolException(answer.Truncated
                ? $"The changed files are more than {MostBytes >> 20} MB together, which is more than is searched for secrets. Commit less, or leave large files out."
                : GitErrors.Words(answer.Error));
        }

        var rest = answer.Output.AsMemory();
        foreach (var hash in asked)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            var head = Encoding.ASCII.GetString(rest.Span[..Math.Max(end, 0)]).Split(' ');
            if (head is not [var name, "blob", var size] || name != hash)
            {
                throw new ToolException($"git has no content for {hash}, so it cannot be searched for secrets. Nothing was committed.");
            }

            var length = int.Parse(size, CultureInfo.InvariantCulture);
            contents[hash] = rest.Slice(end + 1, length).ToArray();
            rest = rest[(end + 1 + length + 1)..];
        }

        return contents;
    }

    /// <summary>Of bytes that are no text, what is plain in them, also with a zero between every two: a key within a binary file is still a key.</summary>
    private static string TextOf(byte[] bytes) =>
        bytes is [0xFF, 0xFE, ..] ? Encoding.Unicode.GetString(bytes)
        : bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes)
        : FileEdits.TextOf(bytes) ?? $"{Encoding.ASCII.GetString(bytes)}\n{Encoding.ASCII.GetString([.. bytes.Where(value => value != 0)])}";

    [GeneratedRegex(@"\[redacted:[a-z0-9-]+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Marks();
}
