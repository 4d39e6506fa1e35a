using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Readiness;

namespace SreAgent.Core.Tests.Readiness;

public class PlainQuotationTests
{
    [Theory]
    [InlineData("uses: actions/checkout@b4ffde65f46336ab88eb53be808477a3936bae11", "uses: actions/checkout@b4ffde65f46336ab88eb53be808477a3936bae11")]
    [InlineData("image: cart@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "image: cart@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("replicas: 3", "replicas: 3")]
    [InlineData("- { role: newrelic, license: c0rrecthorsec0rrecthorse }", "- { role: newrelic, license:")]
    [InlineData("DATABASE: root:c0rrecthorse@tcp(db:3306)/cart", "tcp(db:3306)/cart")]
    [InlineData("c0rrecthorsec0rrecthorse", "")]
    [InlineData("CACHE_URL=f47ac10b-58cc-4372-a567-0e02b2c3d479", "CACHE_URL=")]
    [InlineData("key: wJalrXUtnFEM1/K7MDENG+bPxRfiCY", "key:")]
    public void A_setting_is_quoted_without_what_could_be_a_secret(string line, string quote) =>
        Assert.Equal(quote, PlainQuotation.OfConfiguration([line]));

    [Theory]
    [InlineData("requests.get(\"https://stock.example/items\", timeout=5)", "timeout", "requests.get(\"https://stock.example/items\", timeout=5)")]
    [InlineData("vault.login(\"c0rrecthorse\", timeout=5)", "timeout", ", timeout=5)")]
    [InlineData("connect(\"root\", \"hunter\", timeout=5)", "timeout", ", timeout=5)")]
    [InlineData("connect('root', 'hunter", "connect(", "connect(")]
    [InlineData("app.get(\"/healthz\", () => \"ok\")", "/healthz", "app.get(\"/healthz\", () => \"ok\")")]
    [InlineData("throw new Error(`Retrying ${id}`, 'a', 'b')", "Retrying", "throw new Error(`Retrying ${id}`,")]
    [InlineData("run -Dlicense=eu01xx8a9b7c6d5e4f3a2b1c -javaagent:/opt/a.jar", "-javaagent:", "-javaagent:/opt/a.jar")]
    [InlineData("post('https://events.pagerduty.com/integration/c0rrecthorse/enqueue')", "events.pagerduty.com", "post('https://events.pagerduty.com")]
    [InlineData("$r = /* don't */ new Redis(); $r->auth(\"foo\", \"hunter\");", "new Redis(", "$r = /* don")]
    [InlineData("connect($host, 'letmein!please')", "connect(", "connect($host,")]
    [InlineData("var getDynamoDb2ClientForTheOrders = new DynamoClient()", "DynamoClient", "var getDynamoDb2ClientForTheOrders = new DynamoClient()")]
    public void Code_is_quoted_without_texts_that_may_be_passwords(string line, string around, string quote) =>
        Assert.Equal(quote, PlainQuotation.OfCode(line, around));

    [Fact]
    public void A_piece_longer_than_a_quote_still_stands_where_it_is_cited()
    {
        var line = "c0rrecthorsec0rrecthorse " + string.Join(' ', Enumerable.Repeat("word", 200));

        var quote = PlainQuotation.OfConfiguration([line]);

        Assert.InRange(quote.Length, Quotation.Longest - 10, Quotation.Longest);
        Assert.True(Quotation.Holds(quote, [line]));
    }

    [Theory]
    [InlineData("{\"panels\":[", 300)]
    [InlineData("c0rrecthorse", 0)]
    public void A_line_without_end_is_quoted_from_its_beginning_unless_it_is_one_word(string repeated, int length) =>
        Assert.Equal(length, PlainQuotation.OfConfiguration([string.Concat(Enumerable.Repeat(repeated, 10_000))]).Length);

    [Fact]
    public void Whatever_is_quoted_stands_there() =>
        Prop.ForAll(Gen.Elements("a", "\U0001F600", "\"", "'", "`", "\\", ":", "@", " ", "\n", "c0rrecthorsec0rrecthorse", "timeout", "1").ListOf().Select(string.Concat).ToArbitrary(), text =>
        {
            var lines = text.Split('\n');
            return lines.Select(line => PlainQuotation.OfCode(line, "timeout")).Prepend(PlainQuotation.OfConfiguration(lines)).All(quote => quote.Length == 0 || Quotation.Holds(quote, lines));
        }).QuickCheckThrowOnFailure();
}
