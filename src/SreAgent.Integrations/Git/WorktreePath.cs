using System.Text;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>
/// A path a model gave, relative to a worktree and safe to put behind its folder on every system the repository may be checked out on.
/// Says nothing yet of links that stand there: see <see cref="WorktreeFiles"/>.
/// </summary>
internal sealed record WorktreePath
{
    private const int MostBytes = 1024;
    private const int MostBytesOfPart = 255;

    private WorktreePath(string[] parts) => Parts = parts;

    public IReadOnlyList<string> Parts { get; }

    /// <exception cref="ToolException">It leads out, into git's own files, or somewhere that is read differently elsewhere.</exception>
    public static WorktreePath Parse(string text)
    {
        var parts = text.Split('/');
        var wrong =
            text.Length == 0 ? "is empty"
            : text.StartsWith('/') || text.StartsWith('\\') || (text.Length > 1 && text[1] == ':') ? "is absolute"
            : text.Contains('\\', StringComparison.Ordinal) ? "has a backslash"
            : text.Any(char.IsControl) || !IsUnicode(text) ? "has characters that are not text"
            : Encoding.UTF8.GetByteCount(text) > MostBytes ? "is too long"
            : parts.Contains("..", StringComparer.Ordinal) ? "leads out of the worktree"
            : parts.Select(WrongWith).FirstOrDefault(reason => reason is not null);
        return wrong is null
            ? new WorktreePath(parts)
            : throw new ToolException($"Path '{BranchName.Shown(text)}' {wrong}. Give a path of the repository, relative to the worktree, such as src/app.conf.");
    }

    public bool Equals(WorktreePath? other) => other is not null && Parts.SequenceEqual(other.Parts, StringComparer.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());

    public override string ToString() => string.Join('/', Parts);

    private static string? WrongWith(string part) =>
        part.Length == 0 || part == "." ? "has an empty part"
        : Encoding.UTF8.GetByteCount(part) > MostBytesOfPart ? "has a part that is too long"
        : IsGitsOwn(part) ? "is among git's own files"
        : part.Contains(':', StringComparison.Ordinal) || part.EndsWith(' ') || part.EndsWith('.') ? "means something else on other systems"
        : null;

    /// <summary>
    /// <c>.git</c> in every spelling some file system takes for it: without case, with characters HFS+ ignores, with what NTFS cuts off, by
    /// its short name.
    /// </summary>
    private static bool IsGitsOwn(string part)
    {
        var plain = string.Concat(part.Normalize(NormalizationForm.FormKC).Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format));
        var name = plain.Split(':')[0].TrimEnd(' ', '.').ToLowerInvariant();
        return name == ".git" || (name.Length >= 5 && name.StartsWith("git~", StringComparison.Ordinal) && name.Skip(4).All(char.IsAsciiDigit));
    }

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return false;
            }
        }

        return true;
    }
}
