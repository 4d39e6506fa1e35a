using FsCheck;
using FsCheck.Fluent;
using SreAgent.Runtime.Tools;

namespace SreAgent.Runtime.Tests.Tools;

public class EditDistanceTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("fly_deploy", "fly_deploy", 0)]
    [InlineData("FLY_Deploy", "fly_deploy", 0)]
    [InlineData("fly_depoly", "fly_deploy", 2)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("prometheus_query", "prometheus_query_range", 6)]
    public void Distance_is_the_number_of_edits(string left, string right, int expected) => Assert.Equal(expected, EditDistance.Between(left, right));

    [Fact]
    public void Distance_is_the_same_both_ways_and_never_more_than_the_longer_name() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), ArbMap.Default.ArbFor<NonNull<string>>(), (left, right) =>
        {
            var distance = EditDistance.Between(left.Get, right.Get);
            return distance == EditDistance.Between(right.Get, left.Get) && distance <= Math.Max(left.Get.Length, right.Get.Length);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_name_of_any_length_is_compared() => Assert.InRange(EditDistance.Between(new string('x', 1_000_000), "fly_deploy"), 1, 80);
}
