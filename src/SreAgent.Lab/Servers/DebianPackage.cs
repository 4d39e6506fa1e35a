namespace SreAgent.Lab.Servers;

/// <summary>
/// Obtains a program from the distribution's own package without being root and without touching the system: downloaded with apt, unpacked
/// into a cache folder. Package lists are fetched into that folder too when the machine has none.
/// </summary>
internal sealed class DebianPackage(string package, string program, string cacheFolder)
{
    private string Unpacked => Path.Combine(cacheFolder, package);

    private string ProgramPath => Path.Combine(Unpacked, "usr", "bin", program);

    /// <summary>The folder shared by all runs of this user.</summary>
    public static string UserCache { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "sre-agent", "servers");

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<ServerBinary> ObtainAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (File.Exists(ProgramPath))
        {
            return Found();
        }

        if (ServerBinary.OnPath("apt-get") is null || ServerBinary.OnPath("dpkg") is null)
        {
            return new ServerBinary.Unavailable($"{program} is not on PATH, and this is not Debian or Ubuntu, where it could be obtained. Install it and put it on PATH.");
        }

        try
        {
            using var turn = await FetchTurn.TakeAsync(cacheFolder, progress, cancellationToken);

            // Whoever had the turn before may have fetched it.
            return File.Exists(ProgramPath) ? Found() : await DownloadAsync(progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ServerBinary.Unavailable($"{program} could not be unpacked into {cacheFolder}: {e.Message}");
        }
    }

    private async Task<ServerBinary> DownloadAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var work = Directory.CreateDirectory(Path.Combine(cacheFolder, $".{package}-{Guid.NewGuid():N}")).FullName;
        try
        {
            progress.Report($"Downloading the distribution's package {package} into {cacheFolder} (nothing is installed)...");
            var (code, output) = await AptAsync(work, ["download", package], cancellationToken);
            if (code != 0)
            {
                progress.Report("Fetching package lists into the cache folder first; this machine's own are missing or old...");
                var lists = PrivateLists();
                (code, output) = await AptAsync(work, [.. lists, "update"], cancellationToken);
                if (code == 0)
                {
                    (code, output) = await AptAsync(work, [.. lists, "download", package], cancellationToken);
                }
            }

            var file = Directory.EnumerateFiles(work, "*.deb").FirstOrDefault();
            if (code != 0 || file is null)
            {
                return new ServerBinary.Unavailable($"{program} is not on PATH, and its package {package} could not be downloaded: {LastLine(output)}");
            }

            var target = Path.Combine(work, "unpacked");
            (code, output) = await Command.RunAsync("dpkg", ["-x", file, target], work, cancellationToken);
            if (code != 0)
            {
                return new ServerBinary.Unavailable($"The package {package} could not be unpacked: {LastLine(output)}");
            }

            // One rename, so that whoever looks without a turn sees all of it or nothing.
            if (!Directory.Exists(Unpacked))
            {
                Directory.Move(target, Unpacked);
            }

            progress.Report($"{program} is ready.");
            return Found();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static Task<(int Code, string Output)> AptAsync(string work, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync("apt-get", ["-q", "-o", "Acquire::Languages=none", .. arguments], work, cancellationToken);

    /// <summary>Settings that let an ordinary user keep package lists of their own.</summary>
    private IEnumerable<string> PrivateLists()
    {
        var lists = Directory.CreateDirectory(Path.Combine(cacheFolder, "apt", "lists", "partial")).Parent!.FullName; // Created two levels down.
        var cache = Path.Combine(cacheFolder, "apt", "cache");
        Directory.CreateDirectory(Path.Combine(cache, "archives", "partial"));
        return ["-o", $"Dir::State::lists={lists}", "-o", $"Dir::Cache={cache}", "-o", "Debug::NoLocking=1"];
    }

    private ServerBinary.Found Found() => new(ProgramPath, Path.Combine(Unpacked, "usr", "share"));

    private static string LastLine(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault("no reason given").Trim();
}
