using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>Git's refusals, in its own words, with what they mean and what to do.</summary>
internal static class GitErrors
{
    private const int MostWords = 400;

    private static readonly (string Says, string Means, bool Retryable)[] Known =
    [
        ("already checked out at", "The branch is in use in another worktree: work there (git_list_worktrees), or take another branch.", false),
        ("already used by worktree at", "The branch is in use in another worktree: work there (git_list_worktrees), or take another branch.", false),
        ("non-fast-forward", Moved, false),
        ("fetch first", Moved, false),
        ("stale info", Moved, false),
        ("cannot lock ref", "Somebody else is changing that branch at this moment, or has: look again before repeating it.", true),
        ("locked", "Somebody protects that worktree: leave it, and ask who locked it.", false),
        ("index.lock", "Another git is at work in that worktree, or one died there.", true),
        ("already exists", "A folder or branch is left over from before: git_list_worktrees, and remove the stale one.", false),
        ("dubious ownership", "The repository belongs to another user of this machine, so git does not read it.", false),
        ("remote rejected", "The remote's own rules refuse it.", false),
        ("hook declined", "The remote's own rules refuse it.", false),
        ("Authentication failed", Credentials, false),
        ("could not read Username", Credentials, false),
        ("could not read Password", Credentials, false),
        ("Permission denied", Credentials, false),
        ("Host key verification failed", "The host's key is not among the known ones of the user this runs as; add it there.", false),
        ("not found", "It does not exist, or the credentials may not see it. Check Url in the settings.", false),
        ("unable to update url base from redirection", "Redirects are not followed: set Url to where the repository is now.", false),
        ("unable to access", Unreachable, true),
        ("Could not read from remote", Unreachable, true),
        ("hung up", Unreachable, true),
        ("No space left", "The disk is full.", false),
    ];

    private const string Moved = "The remote branch moved on and nothing was pushed; force is not available. Take a new branch from it (git_create_worktree) and make the edits again there.";
    private const string Credentials = "The remote does not accept the credentials configured for it. Check TokenFile, CredentialHelperFile or SshKeyFile of the repository.";
    private const string Unreachable = "The remote could not be reached.";

    public static ToolException Explain(GitCall call, GitAnswer answer)
    {
        var words = Words(answer.Error);
        var (_, means, retryable) = Known.FirstOrDefault(known => answer.Error.Contains(known.Says, StringComparison.OrdinalIgnoreCase));
        return new ToolException($"git {call.Arguments[0]} failed{To(call)}: {words}{(words.EndsWith('.') ? "" : ".")} {means}".TrimEnd()) { Retryable = retryable };
    }

    public static ToolException TooSlow(GitCall call, TimeSpan timeout)
    {
        var unknown = call.Arguments[0] == "push" ? " Whether it arrived is unknown: look at the remote before repeating it." : "";
        return new ToolException($"git {call.Arguments[0]}{To(call)} did not end within {timeout.TotalSeconds:0} s and was stopped.{unknown} {GitOptions.Section}:TimeoutSeconds sets the limit.") { Retryable = call.Arguments[0] != "push" };
    }

    /// <summary>The lines that say what went wrong, without control characters: part of them is written by the remote.</summary>
    public static string Words(string error)
    {
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines.Where(line => line.StartsWith("fatal:", StringComparison.Ordinal) || line.StartsWith("error:", StringComparison.Ordinal)
            || line.StartsWith('!') || line.StartsWith("remote:", StringComparison.Ordinal)).ToArray();
        var text = string.Join("; ", telling.Length > 0 ? telling : lines.TakeLast(3));
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return clean.Length == 0 ? "it gave no reason" : clean.Length <= MostWords ? clean : clean[..MostWords] + "…";
    }

    private static string To(GitCall call) => call.Remote is { } remote ? $" ({remote.Name} at {remote.Address})" : "";
}
