using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SreAgent.Integrations.Prometheus;

/// <summary>
/// A sample's value on its way to a reader: a JSON number of seven significant digits (whole numbers stay whole), and NaN, +Inf and -Inf
/// as the text they are, since JSON has no number for them.
/// </summary>
[JsonConverter(typeof(ReadingConverter))]
internal readonly record struct Reading(double Value)
{
    public override string ToString() => Value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ when double.IsNaN(Value) => "NaN",
        _ when Math.Abs(Value) < 1e15 && Math.Truncate(Value) == Value => Value.ToString("0", CultureInfo.InvariantCulture),
        _ => Value.ToString("G7", CultureInfo.InvariantCulture),
    };

    private sealed class ReadingConverter : JsonConverter<Reading>
    {
        public override Reading Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
                : SampleNumber.TryValue(reader.ValueSpan, out var value) ? value : throw new JsonException());

        public override void Write(Utf8JsonWriter writer, Reading value, JsonSerializerOptions options)
        {
            // Raw also for text, since the default encoder writes the plus of +Inf as an escape.
            writer.WriteRawValue(double.IsFinite(value.Value) ? value.ToString() : $"\"{value}\"");
        }
    }
}
