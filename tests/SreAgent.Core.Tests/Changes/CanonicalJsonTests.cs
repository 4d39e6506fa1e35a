using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Tests.Changes;

public class CanonicalJsonTests
{
    /// <summary>RFC 8785, Appendix B: the bits of a double and how ECMAScript writes it.</summary>
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void A_double_is_written_as_ECMAScript_writes_it(string bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
        Assert.Equal(expected, Canonical(value.ToString("R", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("333333333.33333329", "333333333.3333333")]
    [InlineData("1E30", "1e+30")]
    [InlineData("4.50", "4.5")]
    [InlineData("2e-3", "0.002")]
    [InlineData("0.000000000000000000000000001", "1e-27")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("100", "100")]
    [InlineData("123e-20", "1.23e-18")]
    [InlineData("120000000000000000000", "120000000000000000000")]
    [InlineData("1e-400", "0")]
    public void A_number_has_one_form(string json, string expected) => Assert.Equal(expected, Canonical(json));

    [Fact]
    public void Every_double_reads_back_as_itself() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), number =>
            double.Parse(Canonical(number.Get.ToString("R", CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture).Equals(number.Get + 0.0))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_canonical_form_is_its_own_canonical_form() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat>(), ArbMap.Default.ArbFor<int[]>(), (number, numbers) =>
        {
            var once = Canonical(JsonSerializer.Serialize(new { z = number.Get, a = numbers, m = new { y = "€\n", b = true } }));
            return string.Equals(once, Canonical(once), StringComparison.Ordinal);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Strings_use_the_shortest_escapes() =>
        Assert.Equal(
            "\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\f\\r\\t\\u0000\\u001f\u007f\u2028😀<>&\"",
            Canonical("\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\\b\\f\\r\\t\\u0000\\u001F\\u007f\\u2028\\ud83d\\ude00<>&\""));

    [Fact]
    public void Names_are_sorted_by_utf16_code_units() =>
        Assert.Equal(
            "{\"\\r\":1,\"1\":2,\"\u0080\":3,\"ö\":4,\"€\":5,\"😀\":6,\"\ufb33\":7}",
            Canonical("{\"\\u20ac\":5,\"\\r\":1,\"\\ufb33\":7,\"1\":2,\"\\ud83d\\ude00\":6,\"\\u0080\":3,\"\\u00f6\":4}"));

    [Fact]
    public void Order_of_names_and_white_space_do_not_matter_and_order_of_items_does()
    {
        Assert.Equal(Canonical("""{ "b" : [1, {"y":2,"x":1}], "a" : null }"""), Canonical("""{"a":null,"b":[1.0,{"x":1,"y":2}]}"""));
        Assert.NotEqual(Canonical("[1,2]"), Canonical("[2,1]"));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""{"a":1,"\u0061":2}""")]
    [InlineData("1e999")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00x\"")]
    [InlineData("{\"\\ud800\":1}")]
    public void What_has_no_single_form_is_refused(string json) => Assert.Throws<ArgumentException>(() => Canonical(json));

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(JsonElement.Parse(json)));
}
