using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace SreAgent.Benchmarks;

/// <summary>
/// A review of a large repository by the program as it is shipped, against ripgrep reading the same repository for one pattern. Both run cold
/// processes over files the system has in memory.
/// </summary>
internal sealed class ReviewMeasurement : IMeasurement
{
    private const int Files = 20_000;
    private const int BytesOfOne = 25_000;
    private const int Runs = 5;
    private const double MostTimes = 3;
    private const double MostMemory = 300;

    public string Name => "review: a repository of 20,000 files and 500 MB, over ripgrep";

    public string? Goal => $"at most {MostTimes} times as long, under {MostMemory} MiB";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        var ripgrep = Programs.OnPath("rg") ?? throw new PrerequisiteMissingException("ripgrep is not installed. Get it: apt-get install ripgrep");
        var agent = Programs.Agent() with { Name = "sre-agent review" };
        var (repository, home) = (Directory.CreateTempSubdirectory("sre-agent-benchmark-review-"), Directory.CreateTempSubdirectory("sre-agent-benchmark-home-"));
        try
        {
            GeneratedRepository.Write(repository.FullName, Files, BytesOfOne);
            var search = new ServerCommand("ripgrep", ripgrep, ["--count", "no_such_word_anywhere", repository.FullName], new Dictionary<string, string>(StringComparer.Ordinal)) { Expected = 1 };
            var review = agent with { Arguments = ["review", repository.FullName, "--json", "--fail-on", "never"] };
            var (ours, theirs, memory) = (new Series(), new Series(), new Series());
            for (var run = -1; run < Runs; run++)
            {
                var (searched, _) = await OnceAsync(search, home, cancellationToken);
                var (reviewed, resident) = await OnceAsync(review, home, cancellationToken);
                if (run >= 0)
                {
                    theirs.Add(searched.TotalSeconds);
                    ours.Add(reviewed.TotalSeconds);
                    memory.Add(resident);
                }
            }

            var times = ours.Median / theirs.Median;
            return new Finding.Measured(
                [
                    $"{review.Name}: {ours.Show("s")}",
                    $"{search.Name}: {theirs.Show("s")}",
                    $"peak memory of the review: {memory.Show("MiB")}",
                    string.Create(CultureInfo.InvariantCulture, $"ratio {times:0.00}"),
                ],
                times <= MostTimes && memory.Median < MostMemory);
        }
        finally
        {
            repository.Delete(recursive: true);
            home.Delete(recursive: true);
        }
    }

    private static async Task<(TimeSpan Took, double Resident)> OnceAsync(ServerCommand command, DirectoryInfo home, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(Programs.Start(command, home)) ?? throw new PrerequisiteMissingException($"{command.Program} did not start");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var complaints = process.StandardError.ReadToEndAsync(cancellationToken);
        var peak = 0.0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, PeakOf(process.Id));
            await Task.WhenAny(process.WaitForExitAsync(cancellationToken), Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken));
        }

        var took = Stopwatch.GetElapsedTime(begun);
        await output;

        // ripgrep says 1 when nothing was found; a review says 1 when it is withheld.
        return process.ExitCode == command.Expected
            ? (took, peak)
            : throw new PrerequisiteMissingException($"{command.Name} ended with {process.ExitCode}: {(await complaints).Trim()}");
    }

    private static double PeakOf(int process)
    {
        try
        {
            var peak = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return peak is null ? 0 : int.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;
        }
        catch (IOException)
        {
            return 0; // It has ended.
        }
    }
}

/// <summary>A repository of the proportions of a large service: mostly code, some configuration and prose, some pictures. Always the same.</summary>
internal static class GeneratedRepository
{
    private const int Words = 4000;

    private static readonly (string Ending, int Share)[] Kinds = [(".go", 32), (".py", 16), (".ts", 16), (".java", 10), (".json", 8), (".yaml", 4), (".md", 3), (".tf", 2), (".png", 9)];

    public static void Write(string root, int files, int bytesOfOne)
    {
        var random = new Random(20);
        var words = Enumerable.Range(0, Words).Select(_ => string.Concat(Enumerable.Range(0, random.Next(3, 11)).Select(_ => (char)('a' + random.Next(26))))).ToArray();
        var kinds = Kinds.SelectMany(kind => Enumerable.Repeat(kind.Ending, kind.Share)).ToArray();
        for (var file = 0; file < files; file++)
        {
            var kind = kinds[random.Next(kinds.Length)];
            var folder = Path.Combine(root, $"module{file % 40}", $"package{file % 400}");
            Directory.CreateDirectory(folder);
            File.WriteAllBytes(Path.Combine(folder, $"file{file}{kind}"), kind == ".png" ? Picture(random, bytesOfOne) : Encoding.UTF8.GetBytes(Text(kind, random, words, bytesOfOne)));
        }
    }

    private static byte[] Picture(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(string kind, Random random, string[] words, int length)
    {
        var text = new StringBuilder(length + 200);
        for (var line = 0; text.Length < length; line++)
        {
            var (a, b, c, d) = (Word(), Word(), Word(), Word());
            text.Append(kind switch
            {
                ".go" or ".java" or ".ts" => $"\tvar {a}{b} = {c}.{d}({a}, \"{b} {c} {d}\") // {d} {b} {a} {c}\n",
                ".py" => $"    self.{a}_{b} = {c}({d}, {a}=\"{b} {c}\")  # {d} {a}\n",
                ".json" => $"{(line == 0 ? "{\n" : "")}  \"{a}.{b}.{line}\": \"{c} {d} {a} {b} {c}\",\n",
                ".yaml" => line == 0 ? "apiVersion: v1\nkind: ConfigMap\ndata:\n" : $"  {a}_{line}: {b} {c} {d}\n",
                ".tf" => $"resource \"aws_ssm_parameter\" \"{a}_{line}\" {{\n  name  = \"/{b}/{c}\"\n  value = \"{d} {a}\"\n}}\n\n",
                _ => line % 12 == 0 ? $"\n## {a} {b}\n\n" : $"{a} {b} {c} {d} {b} {a} {d} {c} {a} {d}, {c} {b} {d} {a}. ",
            });
        }

        return text.ToString();

        string Word() => words[random.Next(words.Length)];
    }
}
