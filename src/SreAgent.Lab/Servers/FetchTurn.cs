using System.Diagnostics;

namespace SreAgent.Lab.Servers;

/// <summary>
/// The turn to fetch servers for this user, which one process has at a time: package lists that two fetch into one folder are whole for neither.
/// The system takes the turn back from a process that dies.
/// </summary>
internal sealed class FetchTurn : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Lists and a package take about a minute on a slow line; whoever has the turn this long is stuck.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly FileStream _file;

    private FetchTurn(FileStream file) => _file = file;

    /// <param name="cacheFolder">What is fetched into; made if there is none.</param>
    /// <param name="progress">Is told when it has to be waited for.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="IOException">The turn cannot be had, or was not given up in ten minutes.</exception>
    public static async Task<FetchTurn> TakeAsync(string cacheFolder, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var path = Path.Combine(Directory.CreateDirectory(cacheFolder).FullName, ".fetching");
        var since = Stopwatch.GetTimestamp();
        for (var waits = 0; ; waits++)
        {
            try
            {
                return new FetchTurn(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(path) && Stopwatch.GetElapsedTime(since) < Patience)
            {
                if (waits == 0)
                {
                    progress.Report($"Another process is fetching into {cacheFolder}; waiting for it...");
                }
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    /// <summary>The file stays: one that is deleted while another process waits for it would be two.</summary>
    public void Dispose() => _file.Dispose();
}
