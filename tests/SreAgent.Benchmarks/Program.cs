using System.Globalization;

namespace SreAgent.Benchmarks;

internal static class Program
{
    private static async Task Main()
    {
        var (bare, ours) = await RangeParseBenchmark.RunAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"50 MB range result: Utf8JsonReader alone {bare:0} MB/s, read and summed up {ours:0} MB/s, ratio {ours / bare:0.00} (goal 0.50)"));
    }
}
