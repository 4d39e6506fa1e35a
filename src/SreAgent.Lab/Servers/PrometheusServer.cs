namespace SreAgent.Lab.Servers;

/// <summary>A real Prometheus.</summary>
public sealed class PrometheusServer : LocalServer
{
    private PrometheusServer(string folder)
        : base(folder)
    {
    }

    /// <summary>PATH, then the cache folder, then the distribution's package unpacked into it.</summary>
    public static async Task<ServerBinary> FindAsync(IProgress<string> progress, CancellationToken cancellationToken) =>
        ServerBinary.OnPath("prometheus") is { } path
            ? new ServerBinary.Found(path, ShareFolder: null)
            : await new DebianPackage("prometheus", "prometheus", DebianPackage.UserCache).ObtainAsync(progress, cancellationToken);

    /// <param name="setup">What it scrapes and evaluates, and what it is given to begin with.</param>
    /// <param name="progress">Is told about anything that takes long or touches the machine.</param>
    /// <exception cref="ServerUnavailableException">It cannot be had, or does not start.</exception>
    public static async Task<PrometheusServer> StartAsync(PrometheusSetup setup, IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var found = await FindAsync(progress, cancellationToken) switch
        {
            ServerBinary.Found binary => binary,
            ServerBinary.Unavailable unavailable => throw new ServerUnavailableException(unavailable.Reason),
            var other => throw new InvalidOperationException($"{other} is neither found nor unavailable."),
        };

        var server = new PrometheusServer(NewFolder("prometheus"));
        try
        {
            await server.PrepareAsync(setup, found.Path, cancellationToken);
            await server.StartAsync(found.Path, listen => server.Configure(setup, listen), cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private IEnumerable<string> Configure(PrometheusSetup setup, string listen)
    {
        var configuration = setup.Configuration.Replace(PrometheusSetup.Itself, listen, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Folder, "prometheus.yml"), configuration);
        return
        [
            "--config.file=prometheus.yml", "--storage.tsdb.path=data", "--storage.tsdb.retention.time=100y", $"--web.listen-address={listen}",
            "--log.level=warn", .. setup.Flags,
        ];
    }

    private async Task PrepareAsync(PrometheusSetup setup, string program, CancellationToken cancellationToken)
    {
        foreach (var (name, text) in setup.Files)
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, name), text, cancellationToken);
        }

        if (setup.History is not { } history)
        {
            return;
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, "history.om"), history, cancellationToken);
        var beside = Path.Combine(Path.GetDirectoryName(program)!, "promtool"); // A found program has a folder.
        var promtool = File.Exists(beside) ? beside : "promtool";
        var (code, output) = await Command.RunAsync(promtool, ["tsdb", "create-blocks-from", "openmetrics", "history.om", "data"], Folder, cancellationToken);
        if (code != 0)
        {
            throw new ServerUnavailableException($"The given history could not be turned into blocks: {output}");
        }
    }
}

/// <summary>What a Prometheus is started with.</summary>
/// <param name="Configuration">Its prometheus.yml; <see cref="Itself"/> in it becomes the address it listens on.</param>
public sealed record PrometheusSetup(string Configuration)
{
    /// <summary>Stands for the server's own address, which is not known before it starts.</summary>
    public const string Itself = "itself.invalid:9090";

    /// <summary>Files beside the configuration, by name: rules, target lists.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Samples it already holds when it starts, in OpenMetrics text with timestamps, ending in <c># EOF</c>.</summary>
    public string? History { get; init; }

    /// <summary>Further command-line flags.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];
}
