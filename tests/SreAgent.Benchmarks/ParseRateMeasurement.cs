using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SreAgent.Benchmarks;

/// <summary>How fast a 50 MB range result is read into series, against merely tokenising the same bytes.</summary>
/// <param name="parse">Reads a whole result and says how many samples it saw.</param>
internal sealed class ParseRateMeasurement(Func<Stream, CancellationToken, Task<long>> parse) : IMeasurement
{
    private const int Bytes = 50 * 1000 * 1000;
    private const int Runs = 7;
    private const double Least = 0.5;

    public string Name => "parse rate: a 50 MB range result over Utf8JsonReader alone";

    public string? Goal => "at least 0.5";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        var (body, samples) = RangeResult();
        var (ours, alone) = (new Series(), new Series());
        for (var run = -1; run < Runs; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            Tokenise(body);
            var tokenised = Stopwatch.GetElapsedTime(begun);

            begun = Stopwatch.GetTimestamp();
            using var stream = new MemoryStream(body, writable: false);
            var seen = await parse(stream, cancellationToken);
            var parsed = Stopwatch.GetElapsedTime(begun);
            if (seen != samples)
            {
                return new Finding.NotMeasured($"the reader saw {seen} of {samples} samples");
            }

            if (run >= 0)
            {
                alone.Add(body.Length / 1e6 / tokenised.TotalSeconds);
                ours.Add(body.Length / 1e6 / parsed.TotalSeconds);
            }
        }

        var ratio = ours.Median / alone.Median;
        return new Finding.Measured(
            [
                string.Create(CultureInfo.InvariantCulture, $"{body.Length / 1e6:0.0} MB, {samples:N0} samples"),
                $"reader: {ours.Show("MB/s")}",
                $"Utf8JsonReader: {alone.Show("MB/s")}",
                string.Create(CultureInfo.InvariantCulture, $"ratio {ratio:0.00}"),
            ],
            ratio >= Least);
    }

    private static void Tokenise(byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        while (reader.Read())
        {
            // Reading is all that is wanted.
        }
    }

    /// <summary>As Prometheus writes it: 250 points a series, a sample about thirty bytes.</summary>
    private static (byte[] Body, long Samples) RangeResult()
    {
        var text = new StringBuilder(Bytes + 65_536).Append("""{"status":"success","data":{"resultType":"matrix","result":[""");
        long samples = 0;
        for (var series = 0; text.Length < Bytes; series++)
        {
            text.Append(series == 0 ? "" : ",")
                .Append(CultureInfo.InvariantCulture, $$"""{"metric":{"__name__":"http_requests_total","instance":"10.0.{{series / 250}}.{{series % 250}}:9100","job":"api","code":"200"},"values":[""");
            for (var point = 0; point < 250; point++)
            {
                text.Append(point == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[{1_763_640_000 + (point * 15)}.781,\"{(series * 17.25) + (point * 0.0625)}\"]");
                samples++;
            }

            text.Append("]}");
        }

        return (Encoding.UTF8.GetBytes(text.Append("]}}").ToString()), samples);
    }
}
