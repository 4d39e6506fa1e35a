using System.Runtime.InteropServices;
using System.Text.Json;
using SreAgent.Flyctl;

// The vendor's command line as far as a deploy needs it, for tests: same arguments, same exit codes, same requests, against whatever
// FLY_FLAPS_BASE_URL and FLY_API_BASE_URL name. What it is to do wrong is said in SIMULATED_FLYCTL.
if (Environment.GetEnvironmentVariable("SIMULATED_FLYCTL_ARGUMENTS") is { Length: > 0 } log)
{
    File.AppendAllText(log, JsonSerializer.Serialize(args) + "\n");
}

using var interrupted = new CancellationTokenSource();
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Interrupt(signal, interrupted));
using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Interrupt(signal, interrupted));
try
{
    var mischief = Environment.GetEnvironmentVariable("SIMULATED_FLYCTL") ?? "";
    switch (mischief)
    {
        case "fail" when args is not ["version", ..]:
            throw new FlyctlException("failed to fetch an image or build from source: the builder said no");
        case "crash" when args is not ["version", ..]:
            await Console.Error.WriteLineAsync("Oops, something went wrong! Could you try that again?\n\npanic: runtime error: invalid memory address");
            return 3;
        default:
            return await Commands.RunAsync(args, mischief, interrupted.Token);
    }
}
catch (FlyctlException e)
{
    await Console.Error.WriteLineAsync($"Error: {e.Message}");
    return e.ExitCode;
}
catch (HttpRequestException e)
{
    await Console.Error.WriteLineAsync($"Error: {e.Message}");
    return 1;
}
catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
{
    await Console.Error.WriteLineAsync("Error: context canceled");
    return 127;
}

static void Interrupt(PosixSignalContext signal, CancellationTokenSource interrupted)
{
    signal.Cancel = true;
    interrupted.Cancel();
}
