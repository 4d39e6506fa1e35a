namespace SreAgent.Lab.Servers;

/// <summary>A real Alertmanager that notifies nobody.</summary>
public sealed class AlertmanagerServer : LocalServer
{
    private const string Configuration =
        """
        route:
          receiver: nobody
          group_wait: 1s
        receivers:
          - name: nobody
        """;

    /// <summary>Gives the program, in a view of the file system of its own, the templates it insists on finding under /usr/share.</summary>
    private const string WithItsShare = "mount --bind \"$1\" /usr/share && shift && exec \"$@\"";

    private AlertmanagerServer(string folder)
        : base(folder)
    {
    }

    /// <summary>
    /// PATH; then the unpacked package, where the kernel lets an ordinary user have a private view of /usr/share; then, for root on Debian or
    /// Ubuntu, the installed package.
    /// </summary>
    public static async Task<ServerBinary> FindAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (ServerBinary.OnPath("prometheus-alertmanager", "alertmanager") is { } path)
        {
            return new ServerBinary.Found(path, ShareFolder: null);
        }

        var unpacked = await new DebianPackage("prometheus-alertmanager", "prometheus-alertmanager", DebianPackage.UserCache).ObtainAsync(progress, cancellationToken);
        return unpacked is ServerBinary.Found && !await CanHaveOwnViewAsync(cancellationToken)
            ? await DebianInstallation.InstallAsync("prometheus-alertmanager", progress, cancellationToken)
            : unpacked;
    }

    /// <exception cref="ServerUnavailableException">It cannot be had, or does not start.</exception>
    public static async Task<AlertmanagerServer> StartAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        var found = await FindAsync(progress, cancellationToken) switch
        {
            ServerBinary.Found binary => binary,
            ServerBinary.Unavailable unavailable => throw new ServerUnavailableException(unavailable.Reason),
            var other => throw new InvalidOperationException($"{other} is neither found nor unavailable."),
        };
        return await StartAsync(found, cancellationToken);
    }

    internal static async Task<AlertmanagerServer> StartAsync(ServerBinary.Found found, CancellationToken cancellationToken)
    {
        var server = new AlertmanagerServer(NewFolder("alertmanager"));
        try
        {
            await File.WriteAllTextAsync(Path.Combine(server.Folder, "alertmanager.yml"), Configuration, cancellationToken);
            await server.StartAsync(
                found.ShareFolder is null ? found.Path : "unshare",
                listen => [.. InOwnView(found), "--config.file=alertmanager.yml", "--storage.path=data", "--cluster.listen-address=", $"--web.listen-address={listen}"],
                cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private static IEnumerable<string> InOwnView(ServerBinary.Found found) =>
        found.ShareFolder is { } share ? ["--map-root-user", "--mount", "sh", "-c", WithItsShare, "sh", share, found.Path] : [];

    /// <summary>Whether the kernel lets this user mount in a name space of their own; many containers do not.</summary>
    internal static async Task<bool> CanHaveOwnViewAsync(CancellationToken cancellationToken) =>
        (await Command.RunAsync("unshare", ["--map-root-user", "--mount", "mount", "--bind", "/usr/share", "/usr/share"], folder: null, cancellationToken)).Code == 0;
}
