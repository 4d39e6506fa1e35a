using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace SreAgent.Lab.Servers;

/// <summary>
/// A server of ours on a loopback port. It ends when this is disposed, and also when our own process ends in whatever way, kill -9 included.
/// </summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int KeptLines = 40;

    /// <summary>
    /// Starts the server and waits at the other end of a pipe whose one writer is our process: when that goes, the pipe ends, and so does
    /// the server. It runs in a session of its own, so that Ctrl+C in a conversation is not also meant for it.
    /// </summary>
    private const string Leash =
        """
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        (while read -r _ <&3; do :; done; kill -KILL "$server" 2>/dev/null) </dev/null >/dev/null 2>&1 &
        exec 3<&-
        wait "$server"
        """;

    private readonly Process _process;
    private readonly LogTail _log;

    private ServerProcess(Process process, LogTail log) => (_process, _log) = (process, log);

    public bool HasExited => _process.HasExited;

    public string Log => _log.ToString();

    public static ServerProcess Start(string program, IEnumerable<string> arguments, string folder)
    {
        var command = CommandFor(program, arguments);
        var log = new LogTail(KeptLines);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(command[0], command[1..])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
            },
        };
        process.OutputDataReceived += (_, line) => log.Add(line.Data);
        process.ErrorDataReceived += (_, line) => log.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ServerProcess(process, log);
    }

    /// <summary>The command that runs a program on the leash.</summary>
    public static string[] CommandFor(string program, IEnumerable<string> arguments)
    {
        string[] command = [program, .. arguments];
        if (OperatingSystem.IsWindows())
        {
            return command;
        }

        command = ["/bin/sh", "-c", Leash, "sh", .. command];
        return ServerBinary.OnPath("setsid") is { } setsid ? [setsid, .. command] : command;
    }

    /// <summary>A port nobody listens on at this moment; somebody may take it before we do, which the caller notices and tries again.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            if (OperatingSystem.IsWindows())
            {
                _process.Kill(entireProcessTree: true);
            }

            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It had already ended.
        }

        _process.Dispose();
    }
}
