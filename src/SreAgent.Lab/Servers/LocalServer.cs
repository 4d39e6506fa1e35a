namespace SreAgent.Lab.Servers;

/// <summary>A real server on a free loopback port, with a folder of its own that goes when it goes.</summary>
public abstract class LocalServer : IAsyncDisposable
{
    private const int Attempts = 3;

    private ServerProcess? _process;

    private protected LocalServer(string folder) => Folder = folder;

    /// <summary>Where it answers: <c>http://127.0.0.1:34567/</c>.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Its configuration and data; deleted on dispose.</summary>
    public string Folder { get; }

    /// <summary>Starts the program on a free port and waits until it is ready.</summary>
    /// <exception cref="ServerUnavailableException">It did not start; the message carries its last words.</exception>
    private protected async Task StartAsync(string program, Func<string, IEnumerable<string>> argumentsFor, CancellationToken cancellationToken)
    {
        var log = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var listen = $"127.0.0.1:{ServerProcess.FreePort()}";
            var process = ServerProcess.Start(program, argumentsFor(listen), Folder);
            try
            {
                if (await Readiness.WaitAsync(process, new Uri($"http://{listen}/-/ready"), cancellationToken))
                {
                    (_process, process) = (process, null);
                    Address = new Uri($"http://{listen}/");
                    return;
                }

                log = process.Log;
            }
            finally
            {
                if (process is not null)
                {
                    await process.DisposeAsync();
                }
            }

            if (!log.Contains("address already in use", StringComparison.Ordinal))
            {
                break;
            }
        }

        throw new ServerUnavailableException($"{Path.GetFileName(program)} did not become ready. Its last words:\n{log}");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }

        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private protected static string NewFolder(string name) => Directory.CreateTempSubdirectory($"sre-agent-{name}-").FullName;
}

/// <summary>A server cannot be had on this machine, or does not start. The message says why and what to do.</summary>
public sealed class ServerUnavailableException : Exception
{
    public ServerUnavailableException()
    {
    }

    public ServerUnavailableException(string message)
        : base(message)
    {
    }

    public ServerUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
