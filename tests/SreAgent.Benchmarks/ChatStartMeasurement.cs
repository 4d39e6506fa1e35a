using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SreAgent.Benchmarks;

/// <summary>What a newcomer waits for: <c>sre-agent chat</c> with nothing configured, on a terminal, to the first prompt of the practice world.</summary>
internal sealed class ChatStartMeasurement : IMeasurement
{
    private const int Runs = 7;
    private const double MostSeconds = 5;
    private const string Prompt = "› ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public string Name => "chat: from start to the first prompt on the practice world, Prometheus installed";

    public string? Goal => "under 5 s at the median, ReadyToRun build";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        var script = new[] { "/usr/bin/script", "/bin/script" }.FirstOrDefault(File.Exists)
            ?? throw new PrerequisiteMissingException("a terminal is lent by util-linux's 'script', which is not here");
        var published = await MeasureAsync(script, Programs.Agent().Program, cancellationToken);
        List<string> lines = [$"ReadyToRun build: {published.Show("s")}"];
        if (Programs.DebugAgent() is { } debug)
        {
            lines.Add($"debug build: {(await MeasureAsync(script, debug, cancellationToken)).Show("s")}");
        }

        return new Finding.Measured(lines, published.Median < MostSeconds);
    }

    private static async Task<Series> MeasureAsync(string script, string program, CancellationToken cancellationToken)
    {
        var series = new Series();
        for (var run = -1; run < Runs; run++)
        {
            var took = await OnceAsync(script, program, cancellationToken);
            if (run >= 0)
            {
                series.Add(took.TotalSeconds);
            }
        }

        return series;
    }

    private static async Task<TimeSpan> OnceAsync(string script, string program, CancellationToken cancellationToken)
    {
        var home = Directory.CreateTempSubdirectory("sre-agent-benchmark");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var start = Programs.Start(
            new ServerCommand("chat", script, ["-qec", $"stty rows 50 cols 120; '{program}' chat", "/dev/null"], new Dictionary<string, string>(StringComparer.Ordinal) { ["TERM"] = "xterm-256color" }), home);
        start.StandardOutputEncoding = Encoding.UTF8;
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start) ?? throw new PrerequisiteMissingException($"{script} could not be started.");
        var (seen, buffer) = (new StringBuilder(), new char[4096]);
        while (!seen.ToString().Contains(Prompt, StringComparison.Ordinal))
        {
            var read = await process.StandardOutput.ReadAsync(buffer, patience.Token);
            if (read == 0)
            {
                throw new PrerequisiteMissingException(string.Create(CultureInfo.InvariantCulture, $"chat ended before its first prompt: {seen}"));
            }

            seen.Append(buffer, 0, read);
        }

        var took = Stopwatch.GetElapsedTime(begun);
        if (seen.ToString().Contains("Practising without metrics", StringComparison.Ordinal))
        {
            throw new PrerequisiteMissingException("Prometheus is not installed here");
        }

        await process.StandardInput.WriteAsync("/quit\r");
        await process.StandardInput.FlushAsync(patience.Token);
        _ = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        home.Delete(recursive: true);
        return took;
    }
}
