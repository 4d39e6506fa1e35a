using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Tests.Readiness;

public sealed class PhraseTests
{
    [Theory]
    [InlineData("on call", "The on-call engineer", true)]
    [InlineData("on call", "call on", false)]
    [InlineData("upgrad*", "Upgrading is simple", true)]
    [InlineData("upgrad*", "an UpgradeConfig", false)]
    [InlineData("upgrad*", "set upgrade_window", false)]
    [InlineData("can ... fail", "How can a rollout or rollback fail?", true)]
    [InlineData("can ... fail", "can one two three four five six seven fail", false)]
    [InlineData("^check", "Check the log", true)]
    [InlineData("^check", "First check the log", false)]
    [InlineData("<percentage>", "99.9% of requests", true)]
    [InlineData("<percentage>", "99.9 percent", true)]
    [InlineData("<percentage>", "the 99th percentile", true)]
    [InlineData("<percentage>", "p95 below that", true)]
    [InlineData("<percentage>", "version 99.9", false)]
    [InlineData("<duration>", "within 300ms", true)]
    [InlineData("<duration>", "over 30 days", true)]
    [InlineData("<duration>", "30 requests", false)]
    [InlineData("<metric>", "see `http_requests_total`", true)]
    [InlineData("<metric>", "see http/requests_total.go", false)]
    [InlineData("<metric>", "set max_retries", false)]
    [InlineData("<identifier>", "set maxRetries", true)]
    [InlineData("<identifier>", "--dry-run shows it", true)]
    [InlineData("<link>", "at https://example.net/x", true)]
    [InlineData("<link>", "see docs/runbook.md", true)]
    [InlineData("<handle>", "ask @payments", true)]
    [InlineData("<handle>", "in #oncall", true)]
    [InlineData("<bound>", "latency <= X", true)]
    [InlineData("don't", "we dont", true)]
    public void A_phrase_is_found_in_words_and_not_in_letters(string phrase, string text, bool found)
    {
        var lexicon = new Lexicon();
        var set = lexicon.Add([phrase]);
        Assert.Equal(found, new PhraseFinder(lexicon).Find(Words.Of(text)).Has(set));
    }

    [Theory]
    [InlineData("")]
    [InlineData("...")]
    [InlineData("fail ...")]
    [InlineData("<colour>")]
    public void A_phrase_that_is_not_well_formed_says_why(string phrase)
    {
        Assert.Null(Phrase.Parse(phrase, out var why));
        Assert.NotEmpty(why!); // said whenever there is no phrase
    }

    [Fact]
    public void Many_sets_are_looked_for_in_one_pass()
    {
        var lexicon = new Lexicon();
        var sets = Enumerable.Range(0, 130).Select(number => lexicon.Add([$"word{number}"])).ToArray();
        var hits = new PhraseFinder(lexicon).Find(Words.Of("word3 and word129"));
        Assert.Equal([3, 129], sets.Where(hits.Has));
    }
}
