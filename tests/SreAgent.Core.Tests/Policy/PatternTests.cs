using FsCheck;
using FsCheck.Fluent;
using SreAgent.Core.Policy;

namespace SreAgent.Core.Tests.Policy;

public class PatternTests
{
    [Theory]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("fly_*", "fly_deploy", true)]
    [InlineData("fly_*", "fly_", true)]
    [InlineData("fly_*", "xfly_deploy", false)]
    [InlineData("*_delete", "volume_delete", true)]
    [InlineData("*_delete", "volume_delete_all", false)]
    [InlineData("*delete*", "volume_delete_all", true)]
    [InlineData("a*b*c", "aXbYbZc", true)]
    [InlineData("a*b*c", "acb", false)]
    [InlineData("**", "x", true)]
    [InlineData("FLY_deploy", "fly_DEPLOY", true)]
    [InlineData("fly_depl?y", "fly_deploy", false)]
    [InlineData("what?", "what?", true)]
    [InlineData("a\\*", "a\\b", true)]
    [InlineData("*\\x", "a\\x", true)]
    [InlineData("os:<\"|>", "os:<\"|>", true)]
    [InlineData("os:*@example.org", "os:ada@example.org", true)]
    [InlineData("a.b", "axb", false)]
    public void Only_a_star_is_special_and_case_does_not_matter(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Pattern.Matches(pattern, text));

    [Fact]
    public void A_pattern_made_to_be_slow_is_not() =>
        Assert.False(Pattern.Matches(string.Concat(Enumerable.Repeat("*a", 200)) + "b", new string('a', 20_000)));

    [Fact]
    public void A_text_matches_itself_with_any_part_starred() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNegativeInt>(), (text, cut) =>
        {
            var plain = text.Get.Replace("*", "", StringComparison.Ordinal);
            var at = plain.Length == 0 ? 0 : cut.Get % plain.Length;
            return Pattern.Matches(plain, plain) && Pattern.Matches(plain[..at] + "*", plain) && Pattern.Matches("*" + plain[at..], plain);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_patterns_match_nothing() => Assert.False(Pattern.MatchesAny([], "x"));
}
