using System.Globalization;
using System.Text;
using System.Text.Json;
using SreAgent.Integrations.Prometheus;

namespace SreAgent.Integrations.Tests.Prometheus;

public class QueryResultReaderTests
{
    private const string Answer =
        """
        {"status":"success","unknown":{"deep":[{"status":"x"}]},"warnings":["w"],"data":{"stats":{"result":[1]},"resultType":"matrix","result":[
        {"metric":{"__name__":"a","path":"/x\"y\u00e9"},"values":[[1435781430.781,"1"],[1435781431,"-2.5e3"],[1435781432,"NaN"],[1435781433,"\u002bInf"],[1435781434,"-Inf"]],
         "histograms":[[1435781435.5,{"count":"3","sum":"4.5","buckets":[[0,"1","2","3"]]}]]},
        {"values":[],"exemplars":[["ignored"]],"metric":{}}]},"infos":[]}
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public async Task The_same_is_read_however_the_bytes_arrive(int pieces)
    {
        var sink = new Transcript();

        var envelope = await QueryResultReader.ReadAsync(new Pieces(Encoding.UTF8.GetBytes(Answer), pieces), sink, Token);

        Assert.Equal(
            [
                "begin", "__name__=a", "path=/x\"yé", "1435781430781 1", "1435781431000 -2500", "1435781432000 NaN", "1435781433000 Infinity", "1435781434000 -Infinity",
                "1435781435500 histogram 3 4.5", "end", "begin", "end",
            ],
            sink.Lines);
        Assert.Equal(("success", "matrix", 2), (envelope.Status, envelope.ResultType, envelope.Series));
        Assert.Equal(["w"], envelope.Warnings);
    }

    [Fact]
    public async Task Every_way_of_stopping_early_is_noticed()
    {
        var bytes = Encoding.UTF8.GetBytes(Answer.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            await Assert.ThrowsAnyAsync<JsonException>(() => QueryResultReader.ReadAsync(new MemoryStream(bytes, 0, length), new Transcript(), Token));
        }
    }

    [Theory]
    [InlineData("""{"status":"success","data":{"result":[{"values":[["x","1"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"result":[{"values":[[1,"one"]]}]}}""")]
    [InlineData("""{"status":"success","data":{"result":[{"values":[[1,"1"]]}]}} trailing""")]
    [InlineData("[1]")]
    public async Task What_is_not_a_result_is_refused(string text) =>
        await Assert.ThrowsAnyAsync<JsonException>(() => QueryResultReader.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), new Transcript(), Token));

    [Fact]
    public void Numbers_are_read_as_a_full_parser_reads_them_to_the_last_bit_up_to_15_digits()
    {
        var random = new Random(4711);
        for (var i = 0; i < 200_000; i++)
        {
            var value = (i % 4) switch
            {
                3 => random.NextDouble() * 100,
                0 => random.Next(-1_000_000, 1_000_000) / Math.Pow(10, random.Next(0, 9)),
                1 => BitConverter.Int64BitsToDouble(random.NextInt64()),
                _ => random.NextInt64(-999_999_999_999, 999_999_999_999),
            };
            var text = value.ToString("R", CultureInfo.InvariantCulture);
            if (double.IsFinite(value))
            {
                Assert.True(SampleNumber.TryValue(Encoding.ASCII.GetBytes(text), out var read), text);
                var apart = Math.Abs(BitConverter.DoubleToInt64Bits(value) - BitConverter.DoubleToInt64Bits(read));
                Assert.True(apart <= (text.Count(char.IsDigit) > 15 ? 1 : 0), $"{text} is {apart} apart");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1x")]
    public void What_is_not_a_number_is_not_read_as_one(string text) => Assert.False(SampleNumber.TryValue(Encoding.ASCII.GetBytes(text), out _));

    private sealed class Transcript : ISampleSink
    {
        public List<string> Lines { get; } = [];

        public void BeginSeries() => Lines.Add("begin");

        public void Label(string name, string value) => Lines.Add($"{name}={value}");

        public void Sample(long milliseconds, double value) => Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} {value}"));

        public void Histogram(long milliseconds, double count, double sum) =>
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{milliseconds} histogram {count} {sum}"));

        public void EndSeries() => Lines.Add("end");
    }

    /// <summary>Hands out at most so many bytes at a time.</summary>
    private sealed class Pieces(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer.Length > size ? buffer[..size] : buffer, cancellationToken);
    }
}
