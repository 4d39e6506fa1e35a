using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SreAgent.Core.Changes;

/// <summary>
/// The JSON Canonicalization Scheme, RFC 8785: one byte sequence for one value. Names sorted by UTF-16 code units, numbers as ECMAScript
/// prints a double, strings with the shortest escapes, no white space.
/// </summary>
public static class CanonicalJson
{
    /// <summary>2^53 - 1. Beyond it two whole numbers may share one double, and with it one digest; larger ones are sent as text.</summary>
    internal const long LargestExactInteger = 9_007_199_254_740_991;

    /// <exception cref="ArgumentException">A name occurs twice, a number is outside the double range, or a string holds a lone surrogate.</exception>
    public static byte[] Canonicalize(JsonElement element)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            Write(element, output);
        }
        catch (InvalidOperationException exception)
        {
            // How .NET refuses to read a string with half of a surrogate pair.
            throw new ArgumentException("A string or name holds a lone surrogate.", nameof(element), exception);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement element, ArrayBufferWriter<byte> output)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(element, output);
                break;
            case JsonValueKind.Array:
                WriteArray(element, output);
                break;
            case JsonValueKind.String:
                WriteString(element.GetString()!, output);
                break;
            case JsonValueKind.Number:
                Append(NumberText(element), output);
                break;
            case JsonValueKind.True:
                Append("true", output);
                break;
            case JsonValueKind.False:
                Append("false", output);
                break;
            case JsonValueKind.Null:
                Append("null", output);
                break;
            default:
                throw new ArgumentException($"A {element.ValueKind} value has no canonical form.", nameof(element));
        }
    }

    private static void WriteObject(JsonElement element, ArrayBufferWriter<byte> output)
    {
        var properties = element.EnumerateObject().ToArray();
        Array.Sort(properties, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        Append("{", output);
        for (var i = 0; i < properties.Length; i++)
        {
            if (i > 0)
            {
                if (string.Equals(properties[i].Name, properties[i - 1].Name, StringComparison.Ordinal))
                {
                    throw new ArgumentException($"The name '{properties[i].Name}' occurs twice.", nameof(element));
                }

                Append(",", output);
            }

            WriteString(properties[i].Name, output);
            Append(":", output);
            Write(properties[i].Value, output);
        }

        Append("}", output);
    }

    private static void WriteArray(JsonElement element, ArrayBufferWriter<byte> output)
    {
        Append("[", output);
        var first = true;
        foreach (var item in element.EnumerateArray())
        {
            if (!first)
            {
                Append(",", output);
            }

            first = false;
            Write(item, output);
        }

        Append("]", output);
    }

    private static void WriteString(string value, ArrayBufferWriter<byte> output)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case '\b':
                    text.Append("\\b");
                    break;
                case '\t':
                    text.Append("\\t");
                    break;
                case '\n':
                    text.Append("\\n");
                    break;
                case '\f':
                    text.Append("\\f");
                    break;
                case '\r':
                    text.Append("\\r");
                    break;
                case < ' ':
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    text.Append(c);
                    break;
            }
        }

        Append(text.Append('"').ToString(), output);
    }

    /// <summary>ECMAScript's Number::toString, which RFC 8785 §3.2.2.3 prescribes.</summary>
    private static string NumberText(JsonElement element)
    {
        if (!element.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            throw new ArgumentException($"The number {element.GetRawText()} is outside the range of a double.", nameof(element));
        }

        if (value == 0)
        {
            return "0";
        }

        // .NET and ECMAScript agree on the shortest round-trip digits and differ only in where they put the exponent.
        var (digits, exponent) = Decompose(Math.Abs(value).ToString("R", CultureInfo.InvariantCulture));
        var sign = value < 0 ? "-" : "";
        var count = digits.Length;

        if (count <= exponent && exponent <= 21)
        {
            return sign + digits + new string('0', exponent - count);
        }

        if (exponent is > 0 and <= 21)
        {
            return $"{sign}{digits[..exponent]}.{digits[exponent..]}";
        }

        if (exponent is > -6 and <= 0)
        {
            return $"{sign}0.{new string('0', -exponent)}{digits}";
        }

        var power = exponent - 1;
        var mantissa = count == 1 ? digits : $"{digits[..1]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(power < 0 ? '-' : '+')}{Math.Abs(power)}");
    }

    /// <summary>Digits without leading or trailing zeros, and n such that the value is 0.digits × 10^n.</summary>
    private static (string Digits, int Exponent) Decompose(string shortest)
    {
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = e < 0 ? 0 : int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa.Length : point;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var leadingZeros = digits.Length - digits.TrimStart('0').Length;
        return (digits.Trim('0'), whole + exponent - leadingZeros);
    }

    private static void Append(string text, ArrayBufferWriter<byte> output) => Encoding.UTF8.GetBytes(text, output);
}
