using System.Diagnostics;
using System.Globalization;

namespace SreAgent.Benchmarks;

/// <summary>What the practice world takes of a machine while nobody looks: memory, processor, and whether threads or open files grow.</summary>
internal sealed class LabCostMeasurement : IMeasurement
{
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(180);

    public string Name => "lab: what the practice world costs, with its process tree";

    public string? Goal => null;

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        List<string> lines = [];
        await using (var lab = LabProcess.Start(onPath: null))
        {
            await lab.OpenedAsync(cancellationToken);
            var settled = await LookAsync(lab, Settled, cancellationToken);
            var minute = await LookAsync(lab, Minute, cancellationToken);
            var late = await LookAsync(lab, Long, cancellationToken);
            lines.AddRange(Lines("with Prometheus", minute));
            lines.AddRange(late.Processes.Select(process => Growth(process, settled, late)));
        }

        await using (var lab = LabProcess.Start(onPath: ""))
        {
            await lab.OpenedAsync(cancellationToken);
            lines.AddRange(Lines("without Prometheus", await LookAsync(lab, Minute, cancellationToken)));
        }

        return new Finding.Measured(lines, GoalMet: true);
    }

    private static async Task<Look> LookAsync(LabProcess lab, TimeSpan age, CancellationToken cancellationToken)
    {
        if (age - lab.Age is var wait && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, cancellationToken);
        }

        return new Look(lab.Age, ProcessTree.Of(lab.Id));
    }

    private static IEnumerable<string> Lines(string how, Look look) =>
        look.Processes.Select(process => string.Create(CultureInfo.InvariantCulture, $"{how}, after {look.Age.TotalSeconds:0} s: {process.Name} {process.Resident:0} MiB resident"))
            .Append(string.Create(CultureInfo.InvariantCulture, $"{how}, together: {look.Processes.Sum(process => process.Resident):0} MiB"));

    private static string Growth(ProcessState now, Look then, Look late)
    {
        var before = then.Processes.FirstOrDefault(process => process.Id == now.Id) ?? now;
        var share = (now.Busy - before.Busy) / (late.Age - then.Age);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now.Name}, from {then.Age.TotalSeconds:0} s to {late.Age.TotalSeconds:0} s: {share:0.0%} of a processor, open files {before.Descriptors} to {now.Descriptors}, threads {before.Threads} to {now.Threads}, {before.Resident:0} to {now.Resident:0} MiB");
    }

    private sealed record Look(TimeSpan Age, IReadOnlyList<ProcessState> Processes);

    /// <summary><c>sre-agent lab</c>, until it is disposed.</summary>
    private sealed class LabProcess : IAsyncDisposable
    {
        private readonly DirectoryInfo _home;
        private readonly Process _process;
        private readonly long _begun = Stopwatch.GetTimestamp();
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private LabProcess(Process process, DirectoryInfo home)
        {
            (_process, _home) = (process, home);
            process.OutputDataReceived += (_, line) => _ = line.Data?.StartsWith("Practice world", StringComparison.Ordinal) == true && _opened.TrySetResult();
            process.ErrorDataReceived += static (_, _) => { };
            process.Exited += (_, _) => _opened.TrySetException(new PrerequisiteMissingException("sre-agent lab ended before it was open"));
            process.EnableRaisingEvents = true;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        public int Id => _process.Id;

        public TimeSpan Age => Stopwatch.GetElapsedTime(_begun);

        /// <param name="onPath">Where its servers are looked for. Null: where this process looks.</param>
        public static LabProcess Start(string? onPath)
        {
            var home = Directory.CreateTempSubdirectory("sre-agent-benchmark");
            var start = Programs.Start(new ServerCommand("lab", Programs.Agent().Program, ["lab", "--scenario", "healthy"], new Dictionary<string, string>(StringComparer.Ordinal)), home);
            if (onPath is not null)
            {
                start.Environment["PATH"] = onPath;
                start.Environment["XDG_CACHE_HOME"] = home.FullName;
            }

            return new LabProcess(Process.Start(start) ?? throw new PrerequisiteMissingException("sre-agent lab could not be started."), home);
        }

        public Task OpenedAsync(CancellationToken cancellationToken) => _opened.Task.WaitAsync(cancellationToken);

        public async ValueTask DisposeAsync()
        {
            using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
            {
                await kill.WaitForExitAsync(CancellationToken.None);
            }

            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
            _home.Delete(recursive: true);
        }
    }
}
