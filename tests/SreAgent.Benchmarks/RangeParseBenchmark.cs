using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SreAgent.Integrations.Prometheus;

namespace SreAgent.Benchmarks;

/// <summary>
/// How fast a range result of 50 MB is read and summed up, next to Utf8JsonReader going over the same bytes and doing nothing with them.
/// </summary>
internal static class RangeParseBenchmark
{
    private const int Bytes = 50_000_000;
    private const int Rounds = 5;

    /// <returns>Megabytes a second of the bare reader and of ours, best of some rounds each.</returns>
    public static async Task<(double Bare, double Ours)> RunAsync()
    {
        var answer = Answer();
        double bare = 0, ours = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            ReadBare(answer);
            bare = Math.Max(bare, Rate(answer, started));

            started = Stopwatch.GetTimestamp();
            await QueryResultReader.ReadAsync(new MemoryStream(answer), new SeriesCollector(SeriesOrder.Highest, keep: 10), CancellationToken.None);
            ours = Math.Max(ours, Rate(answer, started));
        }

        return (bare, ours);
    }

    private static double Rate(byte[] answer, long started) => answer.Length / 1e6 / Stopwatch.GetElapsedTime(started).TotalSeconds;

    private static void ReadBare(byte[] answer)
    {
        var json = new Utf8JsonReader(answer);
        while (json.Read())
        {
        }
    }

    /// <summary>Series of 250 points with values as a rate() has them.</summary>
    private static byte[] Answer()
    {
        var random = new Random(4711);
        var text = new StringBuilder(Bytes + 10_000).Append("""{"status":"success","data":{"resultType":"matrix","result":[""");
        for (var series = 0; text.Length < Bytes; series++)
        {
            text.Append(series == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture, $$$"""{"metric":{"__name__":"http_requests","instance":"10.0.{{{series / 250}}}.{{{series % 250}}}:8080","job":"checkout"},"values":[""");
            for (var point = 0; point < 250; point++)
            {
                text.Append(point == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[{1_768_471_200 + (15 * point)},\"{random.NextDouble() * 100:R}\"]");
            }

            text.Append("]}");
        }

        return Encoding.UTF8.GetBytes(text.Append("]}}").ToString());
    }
}
