using System.Text.Json;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Tests.Tools;

public class ArgumentValidatorTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {"type":"object","properties":{
          "query":{"type":"string","description":"PromQL"},
          "limit":{"type":"integer"},
          "ratio":{"type":"number"},
          "all":{"type":"boolean"},
          "level":{"type":"string","enum":["low","high"]},
          "code":{"type":"string","enum":["200","500"]},
          "names":{"type":"array","items":{"type":"string"}},
          "levels":{"type":"array","items":{"type":"string","enum":["low","high"]}},
          "counts":{"type":"array","items":{"type":"integer"}},
          "options":{"type":"object"},
          "anything":{}},
         "required":["query"],"additionalProperties":false}
        """);

    [Theory]
    [InlineData("""{"query":"up"}""", """{"query":"up"}""")]
    [InlineData("""{"query":42}""", """{"query":"42"}""")]
    [InlineData("""{"query":1.50}""", """{"query":"1.50"}""")]
    [InlineData("""{"query":"up","limit":"42"}""", """{"query":"up","limit":42}""")]
    [InlineData("""{"query":"up","limit":42.0}""", """{"query":"up","limit":42}""")]
    [InlineData("""{"query":"up","limit":1e2}""", """{"query":"up","limit":100}""")]
    [InlineData("""{"query":"up","limit":-9007199254740991}""", """{"query":"up","limit":-9007199254740991}""")]
    [InlineData("""{"query":"up","ratio":"0.5"}""", """{"query":"up","ratio":0.5}""")]
    [InlineData("""{"query":"up","all":"true"}""", """{"query":"up","all":true}""")]
    [InlineData("""{"query":"up","all":"False"}""", """{"query":"up","all":false}""")]
    [InlineData("""{"query":"up","level":"low"}""", """{"query":"up","level":"low"}""")]
    [InlineData("""{"query":"up","code":500}""", """{"query":"up","code":"500"}""")]
    [InlineData("""{"query":"up","names":"one"}""", """{"query":"up","names":["one"]}""")]
    [InlineData("""{"query":"up","names":["a",2]}""", """{"query":"up","names":["a","2"]}""")]
    [InlineData("""{"query":"up","counts":["1",2]}""", """{"query":"up","counts":[1,2]}""")]
    [InlineData("""{"query":"up","options":{"a":[1]}}""", """{"query":"up","options":{"a":[1]}}""")]
    [InlineData("""{"query":"up","anything":[1,{"b":2}]}""", """{"query":"up","anything":[1,{"b":2}]}""")]
    [InlineData("""{"query":"up","limit":null,"level":null}""", """{"query":"up"}""")]
    [InlineData("""{"query":"\ud83d\ude00"}""", """{"query":"\uD83D\uDE00"}""")]
    public void Harmless_habits_are_put_right(string arguments, string expected) =>
        Assert.Equal(expected, Assert.IsType<ArgumentCheck.Valid>(Check(arguments)).Arguments.Value.GetRawText());

    [Theory]
    [InlineData("[]", "must be a JSON object, not []")]
    [InlineData("\"up\"", "must be a JSON object")]
    [InlineData("{}", "Argument 'query' is required. (PromQL)")]
    [InlineData("""{"query":null}""", "'query' must be a string, not null")]
    [InlineData("""{"query":"up","qeury":1}""", "There is no argument 'qeury'. It takes: query, limit")]
    [InlineData("""{"query":"up","Query":"up"}""", "There is no argument 'Query'")]
    [InlineData("""{"query":"up","approved":true}""", "There is no argument 'approved'")]
    [InlineData("""{"query":"up","query":"down"}""", "'query' is given twice")]
    [InlineData("""{"query":"up","qu\u0065ry":"down"}""", "'query' is given twice")]
    [InlineData("""{"query":{"a":1}}""", "'query' must be a string")]
    [InlineData("""{"query":true}""", "'query' must be a string, not true")]
    [InlineData("""{"query":"up","limit":1.5}""", "'limit' must be a whole number, not 1.5")]
    [InlineData("""{"query":"up","limit":"many"}""", "'limit' must be a whole number, not \"many\"")]
    [InlineData("""{"query":"up","limit":9007199254740992}""", "'limit' must be a whole number of at most 9007199254740991")]
    [InlineData("""{"query":"up","limit":-9223372036854775808}""", "'limit' must be a whole number of at most")]
    [InlineData("""{"query":"up","limit":1e30}""", "'limit' must be a whole number")]
    [InlineData("""{"query":"up","ratio":"NaN"}""", "'ratio' must be a number")]
    [InlineData("""{"query":"up","ratio":1e999}""", "'ratio' must be a number")]
    [InlineData("""{"query":"up","all":1}""", "'all' must be a boolean")]
    [InlineData("""{"query":"up","level":"LOW"}""", "'level' must be one of low, high, not \"LOW\"")]
    [InlineData("""{"query":"up","code":404}""", "'code' must be one of 200, 500, not \"404\"")]
    [InlineData("""{"query":"up","levels":["low","mid"]}""", "'levels' must be one of low, high")]
    [InlineData("""{"query":"up","levels":"mid"}""", "'levels' must be one of low, high")]
    [InlineData("""{"query":"up","names":[null]}""", "'names' must be a string, not null")]
    [InlineData("""{"query":"up","names":7}""", "'names' must be a list")]
    [InlineData("""{"query":"up","options":"x"}""", "'options' must be an object")]
    [InlineData("""{"query":"\ud800"}""", "not valid Unicode")]
    [InlineData("""{"\udfff":1}""", "not valid Unicode")]
    [InlineData("""{"query":"up","anything":"\ud800"}""", "not valid Unicode")]
    public void A_mistake_is_named_with_what_would_be_right(string arguments, string expected) =>
        Assert.Contains(Assert.IsType<ArgumentCheck.Invalid>(Check(arguments)).Problems, problem => problem.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void Every_mistake_is_listed_at_once() =>
        Assert.Equal(4, Assert.IsType<ArgumentCheck.Invalid>(Check("""{"limit":"x","all":"y","other":1}""")).Problems.Count);

    [Fact]
    public void A_call_made_of_mistakes_gets_a_short_answer()
    {
        var arguments = "{" + string.Join(",", Enumerable.Range(0, 10_000).Select(i => $"\"a{i}\":1")) + "}";

        var problems = Assert.IsType<ArgumentCheck.Invalid>(Check(arguments)).Problems;

        Assert.Equal(21, problems.Count);
        Assert.Equal("And 9,981 more.", problems[^1]);
    }

    [Fact]
    public void Ten_megabytes_of_arguments_are_refused_unread()
    {
        var problem = Assert.Single(Assert.IsType<ArgumentCheck.Invalid>(Check($$"""{"query":"{{new string('x', 10_000_000)}}"}""")).Problems);

        Assert.Equal("Arguments are 10,000,012 bytes; at most 262,144 are accepted.", problem);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public void No_arguments_are_an_empty_object(string arguments)
    {
        var check = ArgumentValidator.Check(JsonElement.Parse("""{"type":"object"}"""), JsonElement.Parse(arguments));
        Assert.Equal("{}", Assert.IsType<ArgumentCheck.Valid>(check).Arguments.Value.GetRawText());
        Assert.IsType<ArgumentCheck.Valid>(ArgumentValidator.Check(JsonElement.Parse("""{"type":"object"}"""), default));
    }

    [Fact]
    public void A_schema_that_takes_nothing_says_so() =>
        Assert.Equal(
            "There is no argument 'a'. It takes no arguments.",
            Assert.Single(Assert.IsType<ArgumentCheck.Invalid>(ArgumentValidator.Check(JsonElement.Parse("""{"type":"object"}"""), JsonElement.Parse("""{"a":1}"""))).Problems));

    [Fact]
    public void An_open_schema_passes_unknown_names_through() =>
        Assert.Equal("""{"a":[1,null]}""", ToolBuilder.Arguments("""{"a":[1,null]}""").Value.GetRawText());

    private static ArgumentCheck Check(string arguments) => ArgumentValidator.Check(Schema, JsonElement.Parse(arguments));
}
