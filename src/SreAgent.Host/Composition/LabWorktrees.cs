using System.Diagnostics;
using System.Globalization;

namespace SreAgent.Host.Composition;

/// <summary>Folders for the worktrees of practice worlds, one for each process that runs one. They go with their world.</summary>
internal static class LabWorktrees
{
    private static string All => Path.Combine(UserFolders.State, "practice");

    public static string FolderOf(int processId) => Path.Combine(All, processId.ToString(CultureInfo.InvariantCulture));

    /// <summary>Of worlds whose processes were killed; one of them may have had this process's number. Called before this process has a world.</summary>
    public static void RemoveAbandoned()
    {
        foreach (var folder in Directory.Exists(All) ? Directory.GetDirectories(All) : [])
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var processId) && (processId == Environment.ProcessId || !Runs(processId)))
            {
                Remove(folder);
            }
        }
    }

    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // None was made; or somebody works in it right now, and the next practice world clears it away.
        }
    }

    private static bool Runs(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
