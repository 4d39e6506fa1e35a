using SreAgent.Core.Policy;
using static SreAgent.Core.Tests.Tools.ToolBuilder;

namespace SreAgent.Core.Tests.Policy;

public class ArgumentPredicateTests
{
    [Theory]
    [InlineData("""{"a":"x"}""", ArgumentTest.Present, "", true)]
    [InlineData("{}", ArgumentTest.Present, "", false)]
    [InlineData("{}", ArgumentTest.Absent, "", true)]
    [InlineData("""{"a":""}""", ArgumentTest.Absent, "", false)]
    [InlineData("""{"a":"x"}""", ArgumentTest.Equals, "y,X", true)]
    [InlineData("""{"a":"xy"}""", ArgumentTest.Equals, "x,y", false)]
    [InlineData("{}", ArgumentTest.Equals, "x", false)]
    [InlineData("""{"a":3}""", ArgumentTest.Equals, "3", true)]
    [InlineData("""{"a":true}""", ArgumentTest.Equals, "True", true)]
    [InlineData("""{"a":["q","x"]}""", ArgumentTest.Equals, "x", true)]
    [InlineData("""{"a":"x"}""", ArgumentTest.NotEquals, "x", false)]
    [InlineData("""{"a":"z"}""", ArgumentTest.NotEquals, "x,y", true)]
    [InlineData("""{"a":["z","x"]}""", ArgumentTest.NotEquals, "x", false)]
    [InlineData("{}", ArgumentTest.NotEquals, "x", true)]
    [InlineData("""{"a":"checkout-db"}""", ArgumentTest.Matches, "*-db", true)]
    [InlineData("""{"a":[["checkout-db"]]}""", ArgumentTest.Matches, "*-db", true)]
    [InlineData("""{"a":"checkout"}""", ArgumentTest.Matches, "*-db", false)]
    [InlineData("""{"a":11}""", ArgumentTest.GreaterThan, "10", true)]
    [InlineData("""{"a":10}""", ArgumentTest.GreaterThan, "10", false)]
    [InlineData("""{"a":"9.5"}""", ArgumentTest.GreaterThan, "10", false)]
    [InlineData("""{"a":"3h"}""", ArgumentTest.GreaterThan, "2h", true)]
    [InlineData("""{"a":"90m"}""", ArgumentTest.GreaterThan, "2h", false)]
    [InlineData("""{"a":"for ever"}""", ArgumentTest.GreaterThan, "2h", true)]
    [InlineData("""{"a":"-3h"}""", ArgumentTest.GreaterThan, "2h", true)]
    [InlineData("""{"a":true}""", ArgumentTest.GreaterThan, "2", true)]
    [InlineData("""{"a":{"b":1}}""", ArgumentTest.GreaterThan, "2", true)]
    [InlineData("""{"a":[1,3]}""", ArgumentTest.GreaterThan, "2", true)]
    [InlineData("""{"a":1}""", ArgumentTest.GreaterThan, "a lot", true)]
    [InlineData("{}", ArgumentTest.GreaterThan, "2", false)]
    [InlineData("""{"a":1}""", (ArgumentTest)42, "2", true)]
    public void A_test_holds_when_it_says_so(string arguments, ArgumentTest test, string values, bool expected) =>
        Assert.Equal(expected, new ArgumentPredicate("a", test, values.Split(',')).Holds(Arguments(arguments)));

    [Fact]
    public void A_limit_that_was_forgotten_is_exceeded() =>
        Assert.True(new ArgumentPredicate("a", ArgumentTest.GreaterThan, []).Holds(Arguments("""{"a":1}""")));
}
