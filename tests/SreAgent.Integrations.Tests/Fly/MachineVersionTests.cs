using SreAgent.Integrations.Fly;

namespace SreAgent.Integrations.Tests.Fly;

public class MachineVersionTests
{
    [Fact]
    public void The_specification_s_example_is_of_its_moment() =>
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_469_922_850_259), MachineVersion.MadeAt("01ARZ3NDEKTSV4RRFFQ69G5FAV"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("i-0")]
    [InlineData("01ARZ3NDEKTSV4RRFFQ69G5FA")]
    [InlineData("0!ARZ3NDEKTSV4RRFFQ69G5FAV")]
    [InlineData("ZZZZZZZZZZZZZZZZZZZZZZZZZZ")]
    public void What_is_no_ulid_has_no_moment(string? text) => Assert.Null(MachineVersion.MadeAt(text));
}
