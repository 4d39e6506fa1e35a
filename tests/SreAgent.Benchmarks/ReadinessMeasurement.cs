using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness;

namespace SreAgent.Benchmarks;

/// <summary>
/// How readiness reviews stand against documents a careful reader has labelled: a folder of cases, each with <c>repo/</c> (what may be seen) and
/// <c>labels.json</c> (what may not). The folder is named by <c>SREAGENT_READINESS_CASES</c>.
/// </summary>
internal sealed class ReadinessMeasurement : IMeasurement
{
    private const string FolderVariable = "SREAGENT_READINESS_CASES";
    private const int Runs = 5;
    private const double MostMilliseconds = 50;

    private static readonly string[] Hard = ["blanked", "placeholder", "deleted-full", "deleted-questionnaire"];

    public string Name => "readiness: verdicts on labelled documents";

    public string? Goal => "missing and present recall 0.95 where answers were taken out; accepted and answered precision 0.92 over all; headless accepted 0.85; 1 % cited in unanswered text; 50 ms a case";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { Length: > 0 } folder || !Directory.Exists(folder))
        {
            throw new PrerequisiteMissingException($"{FolderVariable} names no folder of labelled cases");
        }

        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddReadiness(new ConfigurationBuilder().Build()).BuildServiceProvider();
        var reviewer = services.GetRequiredService<IReadinessReviewer>();
        var (all, hard, kinds, times) = (new ReadinessScore(), new ReadinessScore(), new SortedDictionary<string, ReadinessScore>(StringComparer.Ordinal), new Series());
        foreach (var labels in Directory.EnumerateFiles(folder, "labels.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var truth = ReadinessLabels.Read(labels);
            var tree = await CaseTree.OpenAsync(Path.Combine(Path.GetDirectoryName(labels) ?? folder, "repo"), cancellationToken);
            var review = await reviewer.ReviewAsync(tree, Asker, new Progress<string>(), cancellationToken);
            if (!kinds.TryGetValue(truth.Kind, out var kind))
            {
                kinds[truth.Kind] = kind = new ReadinessScore();
            }

            foreach (var score in Hard.Contains(truth.Kind) ? [all, kind, hard] : new[] { all, kind })
            {
                score.Add(review, truth);
            }

            times.Add(await WarmAsync(reviewer, tree, cancellationToken));
        }

        var met = hard is { MissingRecall: >= 0.95, PresentRecall: >= 0.95 } && all is { Accepted: >= 0.92, AnsweredPrecision: >= 0.92, CitedInUnanswered: <= 0.01 }
            && kinds.TryGetValue("headless", out var headless) && headless.Accepted >= 0.85 && times.Median < MostMilliseconds;
        return new Finding.Measured(
            [
                .. kinds.Select(kind => $"{kind.Key,-22} {kind.Value}"),
                $"{"answers taken out",-22} {hard}",
                $"{"all",-22} {all}",
                $"a case, warm: {times.Show("ms")}",
            ],
            met);
    }

    private static Persona Asker { get; } = new()
    {
        Id = "asker",
        Name = "asker",
        Dialect = PersonaDialect.Lens,
        Path = "asker.md",
        Instructions = "",
        MustAnswer = [.. ReadinessLabels.Questions.Select(id => new MustAnswer(id, id))],
    };

    private static async Task<double> WarmAsync(IReadinessReviewer reviewer, CaseTree tree, CancellationToken cancellationToken)
    {
        var best = double.MaxValue;
        for (var run = 0; run < Runs; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            await reviewer.ReviewAsync(tree, Asker, new Progress<string>(), cancellationToken);
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return best;
    }

    /// <summary>The files of a case, held in memory: the disk is not what is measured.</summary>
    private sealed class CaseTree(string subject, IReadOnlyDictionary<string, byte[]> files) : ISourceTree
    {
        public string Subject => subject;

        public string? Commit => null;

        public static async Task<CaseTree> OpenAsync(string root, CancellationToken cancellationToken)
        {
            var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
            foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                files[Path.GetRelativePath(root, path).Replace('\\', '/')] = await File.ReadAllBytesAsync(path, cancellationToken);
            }

            return new CaseTree(root, files);
        }

        public Task<SourceListing> ListAsync(CancellationToken cancellationToken) =>
            Task.FromResult(new SourceListing([.. files.Select(file => new SourceEntry(file.Key, file.Value.Length))], []));

        public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, int most, CancellationToken cancellationToken) =>
            ValueTask.FromResult(files.TryGetValue(path, out var bytes) ? bytes.AsMemory(0, Math.Min(most, bytes.Length)) : (ReadOnlyMemory<byte>?)null);
    }
}
