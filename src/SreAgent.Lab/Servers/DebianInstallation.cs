namespace SreAgent.Lab.Servers;

/// <summary>Installs a package for good. Only where nothing less will do, only as root, and never starting a service.</summary>
internal static class DebianInstallation
{
    private const string ServicePolicy = "/usr/sbin/policy-rc.d";

    public static async Task<ServerBinary> InstallAsync(string package, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            return new ServerBinary.Unavailable(
                $"{package} only starts when installed, which takes root here (this system allows no private file system views). Run: apt-get install {package}");
        }

        var ours = false;
        try
        {
            using var turn = await FetchTurn.TakeAsync(DebianPackage.UserCache, progress, cancellationToken);
            if (ServerBinary.OnPath(package) is { } installed)
            {
                return new ServerBinary.Found(installed, ShareFolder: null); // By whoever had the turn before.
            }

            progress.Report($"Installing the distribution's package {package} with apt-get (no service is started)...");
            ours = !File.Exists(ServicePolicy);
            if (ours)
            {
                // 101 is "action forbidden by policy": maintainer scripts then leave services alone.
                await File.WriteAllTextAsync(ServicePolicy, "#!/bin/sh\nexit 101\n", cancellationToken);
                File.SetUnixFileMode(ServicePolicy, (UnixFileMode)0b111_101_101);
            }

            var (code, output) = await AptAsync(["install", "-y", "--no-install-recommends", package], cancellationToken);
            if (code != 0)
            {
                await AptAsync(["update"], cancellationToken);
                (code, output) = await AptAsync(["install", "-y", "--no-install-recommends", package], cancellationToken);
            }

            return code == 0 && ServerBinary.OnPath(package) is { } path
                ? new ServerBinary.Found(path, ShareFolder: null)
                : new ServerBinary.Unavailable($"apt-get could not install {package}: {output.Split('\n')[^1]}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new ServerBinary.Unavailable($"{package} could not be installed: {e.Message}");
        }
        finally
        {
            if (ours)
            {
                File.Delete(ServicePolicy);
            }
        }
    }

    private static Task<(int Code, string Output)> AptAsync(IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync("apt-get", ["-q", .. arguments], folder: null, cancellationToken);
}
