using System.ComponentModel;
using System.Text;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>One question to git, or one thing for it to do.</summary>
/// <param name="GitDir">Said outright, so that git never looks for a repository by itself. Absent where there is none yet.</param>
/// <param name="Arguments">The subcommand and what follows it.</param>
internal sealed record GitCall(string? GitDir, params string[] Arguments)
{
    /// <summary>Absent for what needs no files.</summary>
    public string? WorkTree { get; init; }

    /// <summary>Used in place of the worktree's own.</summary>
    public string? IndexFile { get; init; }

    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>The remote it talks to. Without one no protocol at all is allowed.</summary>
    public GitRemote? Remote { get; init; }

    public int MostOutput { get; init; } = 16 << 20;

    public static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);
}

/// <param name="Truncated">The answer goes on; only a caller that can live with that sees it.</param>
internal sealed record GitAnswer(int ExitCode, byte[] Output, bool Truncated, string Error)
{
    public bool Ok => ExitCode == 0;

    public string Text => Encoding.UTF8.GetString(Output);

    public string Line => Text.Trim();

    /// <summary>The parts of an answer asked for with <c>-z</c>.</summary>
    public IReadOnlyList<string> Parts => Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>
/// The real git, run so that what a repository contains cannot start anything: see <see cref="GitSurroundings"/>. Arguments are passed as
/// they are, never through a shell.
/// </summary>
internal sealed class GitCommand(GitOptions options, GitSurroundings surroundings, TimeProvider clock)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Whatever comes back, as long as git ran to its end.</summary>
    /// <exception cref="ToolException">It could not be started, or did not end in time.</exception>
    public async Task<GitAnswer> AskAsync(GitCall call, CancellationToken cancellationToken)
    {
        var request = new ProcessRequest(
            surroundings.Program, [.. GitSurroundings.Arguments(call), .. call.Arguments], surroundings.Environment(call),
            call.WorkTree ?? call.GitDir ?? surroundings.Folder, call.Input, call.MostOutput, options.Timeout);
        try
        {
            Directory.CreateDirectory(surroundings.Folder);
            var outcome = await BoundedProcess.RunAsync(request, clock, cancellationToken);
            return outcome.TimedOut ? throw GitErrors.TooSlow(call, options.Timeout) : new GitAnswer(outcome.ExitCode, outcome.Output, outcome.Truncated, outcome.Error);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{GitOptions.Section}:Root {options.Root} cannot be written: {e.Message}", e);
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"git could not be started ({e.Message}). Install git, or set {GitOptions.Section}:Program to where it is.", e);
        }
    }

    /// <summary>An answer that says yes, whole.</summary>
    /// <exception cref="ToolException">Git refused, in its words; or its answer is too large to be read.</exception>
    public async Task<GitAnswer> DoAsync(GitCall call, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(call, cancellationToken);
        return answer.Truncated ? throw new ToolException($"git {call.Arguments[0]} has more to say than the {call.MostOutput >> 20} MB that are read. Ask about less.")
            : !answer.Ok ? throw GitErrors.Explain(call, answer)
            : answer;
    }

    /// <summary>One line, or nothing when git says no.</summary>
    public async Task<string?> LineAsync(GitCall call, CancellationToken cancellationToken) =>
        await AskAsync(call, cancellationToken) is { Ok: true, Line: { Length: > 0 } line } ? line : null;
}
