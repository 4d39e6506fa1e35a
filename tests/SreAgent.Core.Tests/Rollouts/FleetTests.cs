using SreAgent.Core.Rollouts;

namespace SreAgent.Core.Tests.Rollouts;

public class FleetTests
{
    [Fact]
    public void A_rollback_goes_to_the_newest_complete_release_of_another_image() =>
        Assert.Equal("v2", Fleet(running: ["c", "c"], Made("v4", "c"), Made("v3", "c"), Made("v2", "b"), Made("v1", "a")).RollbackTarget?.Id);

    [Fact]
    public void A_failed_release_is_nowhere_to_go() =>
        Assert.Equal("v1", Fleet(running: ["c"], Made("v3", "c"), Made("v2", "b") with { Status = ReleaseStatus.Failed }, Made("v1", "a")).RollbackTarget?.Id);

    [Fact]
    public void After_a_change_that_left_no_release_the_newest_one_is_where_to_go() =>
        Assert.Equal("v2", Fleet(running: ["c", "c"], Made("v2", "b"), Made("v1", "a")).RollbackTarget?.Id);

    [Fact]
    public void A_change_that_broke_off_half_way_goes_back_to_the_newest_complete_one()
    {
        Assert.Equal("v2", Fleet(running: ["b", "c"], Made("v2", "b"), Made("v1", "a")).RollbackTarget?.Id);
        Assert.Equal("v2", Fleet(running: ["b", "c"], Made("v3", "c") with { Status = ReleaseStatus.Failed }, Made("v2", "b"), Made("v1", "a")).RollbackTarget?.Id);
    }

    [Fact]
    public void With_one_image_ever_there_is_nowhere_to_go() => Assert.Null(Fleet(running: ["a"], Made("v2", "a"), Made("v1", "a")).RollbackTarget);

    private static Fleet Fleet(string[] running, params Release[] releases) => new(
        "checkout", releases, [.. running.Select((image, i) => new Instance($"m{i}", "1", "ams", "started", true, true, Image(image), null, []))], DateTimeOffset.UnixEpoch);

    private static Release Made(string id, string image) => new(id, ReleaseStatus.Complete, Image(image), DateTimeOffset.UnixEpoch, null);

    private static ImageReference Image(string name) => new("registry.fly.io", "checkout", name, "sha256:" + new string(name[0], 64));
}
