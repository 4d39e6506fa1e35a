using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Git;

/// <summary>
/// The files below one folder, and nothing else on this machine. Every part of a path is looked at without being followed, a file is
/// replaced and never written into, and what git would not check out as a plain file is not opened.
/// </summary>
/// <remarks>
/// Between looking and writing, somebody else with access to the folder could put a link there; git itself is told to make none
/// (<see cref="GitSurroundings"/>), so that takes a person on this machine.
/// </remarks>
internal sealed class WorktreeFiles(string folder)
{
    public const string TemporaryPattern = ".sre-agent-*.tmp";

    /// <summary>Larger files are neither read nor edited.</summary>
    public const int MostBytes = 2 << 20;

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="ToolException">What is there is no file of the worktree, or too large.</exception>
    public async Task<FileState?> ReadAsync(WorktreePath path, CancellationToken cancellationToken)
    {
        var full = Walk(path);
        if (full is null || PathKinds.Of(full) == PathKind.Missing)
        {
            return null;
        }

        var length = new FileInfo(full).Length;
        if (length > MostBytes)
        {
            throw new ToolException($"{path} is {length >> 10:N0} KB; files of more than {MostBytes >> 10:N0} KB are not read or edited here.");
        }

        var bytes = await File.ReadAllBytesAsync(full, cancellationToken);
        return new FileState(bytes, OperatingSystem.IsWindows() ? null : File.GetUnixFileMode(full));
    }

    /// <summary>Puts every file in its new state, or leaves all as they were.</summary>
    /// <exception cref="ToolException">Something could not be written; nothing has changed.</exception>
    public async Task ReplaceAsync(IReadOnlyList<FileReplacement> replacements, CancellationToken cancellationToken)
    {
        var undo = new Stack<Action>();
        try
        {
            var ready = new List<(FileReplacement Replacement, string? Temporary)>();
            foreach (var replacement in replacements)
            {
                ready.Add((replacement, replacement.After is { } after ? await WriteBesideAsync(replacement.Path, after, undo, cancellationToken) : null));
            }

            // From here on there is nothing to wait for.
            foreach (var (replacement, temporary) in ready)
            {
                Switch(replacement, temporary, undo);
            }
        }
        catch (Exception e)
        {
            foreach (var step in undo)
            {
                step();
            }

            if (e is ToolException or IOException or UnauthorizedAccessException)
            {
                var why = e is ToolException ? e.Message : e is UnauthorizedAccessException ? "This user may not write there." : "The disk is full, or something else was put in the way.";
                throw new ToolException($"{why} No file was changed.", e);
            }

            throw;
        }
    }

    /// <summary>Looks at every part above a path, and at what stands at its end.</summary>
    /// <returns>The full path; null when a folder above it is missing.</returns>
    private string? Walk(WorktreePath path)
    {
        var at = folder;
        for (var i = 0; i < path.Parts.Count; i++)
        {
            at = Path.Combine(at, path.Parts[i]);
            var last = i == path.Parts.Count - 1;
            switch (PathKinds.Of(at))
            {
                case PathKind.Link:
                    throw new ToolException($"Path '{path}' goes through a symbolic link ({string.Join('/', path.Parts.Take(i + 1))}), which is not followed. Name the file itself.");
                case PathKind.Special:
                    throw new ToolException($"'{string.Join('/', path.Parts.Take(i + 1))}' is a pipe, a device or a socket, which git does not keep; it is neither read nor replaced.");
                case PathKind.Folder when last:
                    throw new ToolException($"'{path}' is a folder; name a file.");
                case PathKind.File when !last:
                    throw new ToolException($"'{string.Join('/', path.Parts.Take(i + 1))}' is a file, so there can be no '{path}'.");
                case PathKind.Missing when !last:
                    return null;
                default:
                    break;
            }
        }

        return at;
    }

    private async Task<string> WriteBesideAsync(WorktreePath path, FileState state, Stack<Action> undo, CancellationToken cancellationToken)
    {
        var parent = MakeParent(path, undo);
        var temporary = Path.Combine(parent, $".sre-agent-{Guid.NewGuid():N}.tmp");
        undo.Push(() => File.Delete(temporary));
        await using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await stream.WriteAsync(state.Bytes, cancellationToken);
        }

        if (state.Mode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, mode);
        }

        return temporary;
    }

    private string MakeParent(WorktreePath path, Stack<Action> undo)
    {
        var at = folder;
        foreach (var part in path.Parts.SkipLast(1))
        {
            at = Path.Combine(at, part);
            if (PathKinds.Of(at) == PathKind.Missing)
            {
                Directory.CreateDirectory(at);
                var made = at;
                undo.Push(() => Directory.Delete(made));
            }
        }

        // Again, now that all of it is there.
        _ = Walk(path);
        return at;
    }

    private void Switch(FileReplacement replacement, string? temporary, Stack<Action> undo)
    {
        var full = Walk(replacement.Path) ?? throw new IOException($"The folder of {replacement.Path} has gone.");
        undo.Push(replacement.Before is { } before ? () => Restore(full, before) : () => File.Delete(full));
        if (temporary is null)
        {
            File.Delete(full);
        }
        else
        {
            File.Move(temporary, full, overwrite: true);
        }
    }

    private static void Restore(string full, FileState before)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(full)!, $".sre-agent-{Guid.NewGuid():N}.tmp"); // A file in a folder.
        File.WriteAllBytes(temporary, before.Bytes);
        if (before.Mode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(temporary, mode);
        }

        File.Move(temporary, full, overwrite: true);
    }
}

/// <param name="Mode">Who may do what with it; absent for a new file, and where there is no such thing.</param>
internal sealed record FileState(byte[] Bytes, UnixFileMode? Mode);

/// <param name="Before">Null when the file is new.</param>
/// <param name="After">Null when it is to go.</param>
internal sealed record FileReplacement(WorktreePath Path, FileState? Before, FileState? After);
