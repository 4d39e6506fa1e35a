using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SreAgent.Testing.Fly;

/// <summary>
/// A <c>flyctl</c> on disk that is our own console program: it takes the vendor's arguments and drives whatever Fly the environment names.
/// </summary>
public sealed class SimulatedFlyctl : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sre-agent-flyctl-").FullName;

    /// <param name="fly">Where the simulated Fly, or a relay before it, answers.</param>
    /// <param name="token">The one it takes.</param>
    /// <param name="mischief">
    /// Absent to behave. <c>fail</c>: at once; <c>fail-midway</c>: after the first machine; <c>release-command-fails</c>; <c>crash</c>: exit 3;
    /// <c>hang</c>: for ever, once the release is recorded; <c>lie</c>: touches no machine, records a complete release, and exits with 0.
    /// </param>
    public SimulatedFlyctl(Uri fly, string token, string? mischief = null)
    {
        ArgumentNullException.ThrowIfNull(fly);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The script that stands in for flyctl is one of a Unix shell.");
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["FLY_FLAPS_BASE_URL"] = fly.ToString().TrimEnd('/'),
            ["FLY_API_BASE_URL"] = fly.ToString().TrimEnd('/'),
            ["FLY_API_TOKEN"] = token,
        };
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        var program = Path.Combine(AppContext.BaseDirectory, "simulated-flyctl.dll");
        File.WriteAllText(
            ProgramPath,
            $"""
            #!/bin/sh
            echo $$ >> '{ProcessesPath}'
            export SIMULATED_FLYCTL='{mischief}'
            export SIMULATED_FLYCTL_ARGUMENTS='{ArgumentsPath}'
            exec '{dotnet}' '{program}' "$@"

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(ProgramPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>To be named in settings, or its folder put on PATH.</summary>
    public string ProgramPath => Path.Combine(_folder, "flyctl");

    /// <summary>What it must find in its environment: addresses and token.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>The arguments of every call so far.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Calls =>
        File.Exists(ArgumentsPath) ? [.. File.ReadLines(ArgumentsPath).Select(line => JsonSerializer.Deserialize<string[]>(line) ?? [])] : [];

    private string ProcessesPath => Path.Combine(_folder, "processes");

    private string ArgumentsPath => Path.Combine(_folder, "arguments.jsonl");

    /// <summary>Starts it, with its environment and nothing of ours that begins with FLY_.</summary>
    public Process Start(IEnumerable<string> arguments, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(ProgramPath, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FLY_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!; // Null only when a running process is reused, which a new script never is.
    }

    /// <summary>Runs it to its end.</summary>
    public async Task<FlyctlRun> RunAsync(IEnumerable<string> arguments, params (string Name, string Value)[] variables)
    {
        using var process = Start(arguments, variables);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new FlyctlRun(process.ExitCode, await output, await errors);
    }

    /// <summary>Kills whatever of it still runs.</summary>
    public void Kill()
    {
        foreach (var line in File.Exists(ProcessesPath) ? File.ReadAllLines(ProcessesPath) : [])
        {
            try
            {
                using var process = Process.GetProcessById(int.Parse(line, CultureInfo.InvariantCulture));
                if (File.ReadAllText($"/proc/{line}/cmdline").Contains("simulated-flyctl", StringComparison.Ordinal))
                {
                    process.Kill();
                    process.WaitForExit();
                }
            }
            catch (Exception e) when (e is ArgumentException or InvalidOperationException or IOException)
            {
                // It has ended.
            }
        }
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed record FlyctlRun(int ExitCode, string Output, string Errors);
