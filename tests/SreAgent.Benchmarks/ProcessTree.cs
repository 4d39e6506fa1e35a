using System.Globalization;

namespace SreAgent.Benchmarks;

/// <summary>A process and everything it started, as Linux's /proc shows them.</summary>
internal static class ProcessTree
{
    // USER_HZ, which Linux has fixed at 100 for what it shows to programs (man 5 proc, man 7 time).
    private const double TicksPerSecond = 100;

    /// <summary>As it is now; whoever ended meanwhile is left out.</summary>
    /// <exception cref="PrerequisiteMissingException">This system has no /proc.</exception>
    public static IReadOnlyList<ProcessState> Of(int root)
    {
        if (!File.Exists("/proc/self/stat"))
        {
            throw new PrerequisiteMissingException("processes are read from /proc, which this system does not have");
        }

        var all = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<ProcessState>().ToLookup(process => process.Parent);
        var self = all.SelectMany(group => group).Where(process => process.Id == root);
        return [.. self.SelectMany(process => WithChildren(process, all))];
    }

    private static IEnumerable<ProcessState> WithChildren(ProcessState process, ILookup<int, ProcessState> all) =>
        all[process.Id].SelectMany(child => WithChildren(child, all)).Prepend(process);

    private static ProcessState? Read(int id)
    {
        try
        {
            // "pid (comm) state ppid ...": the name may hold anything, so what follows is counted from its last bracket.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var memory = File.ReadLines($"/proc/{id}/status").FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return new ProcessState(
                id,
                Number(fields[1]),
                stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')],
                memory is null ? 0 : Number(memory.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0,
                TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond),
                Number(fields[17]),
                Directory.EnumerateFileSystemEntries($"/proc/{id}/fd").Count());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // It has ended, or is somebody else's.
        }
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
}

/// <param name="Name">Shortened by the kernel to 15 characters.</param>
/// <param name="Resident">MiB. Pages that two processes share count in both.</param>
/// <param name="Busy">Processor time since it began.</param>
internal sealed record ProcessState(int Id, int Parent, string Name, double Resident, TimeSpan Busy, int Threads, int Descriptors);
