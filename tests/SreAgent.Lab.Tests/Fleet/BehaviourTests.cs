using SreAgent.Lab.Fleet;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Lab.Tests.Fleet;

public class BehaviourTests
{
    private static readonly LabImages Images = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Latency_has_the_median_and_the_tail_it_states()
    {
        var random = new Random(1);
        var latency = new Latency(Median: 40, Tail: 150);

        var drawn = Enumerable.Range(0, 20_000).Select(_ => latency.Draw(random).TotalMilliseconds).Order().ToArray();

        Assert.InRange(drawn[10_000], 38, 42);
        Assert.InRange(drawn[19_800], 140, 160);
    }

    [Fact]
    public void Every_image_a_scenario_names_is_in_the_registry() =>
        Assert.All(
            ScenarioCatalogue.All.SelectMany(scenario => scenario.Images.Select(image => (image.Key, image.Value))
                .Concat(scenario.Events.OfType<ScenarioEvent.Deploy>().Select(deploy => (deploy.App, deploy.Tag)))),
            image => Assert.NotNull(Images.Find(image.Item1, image.Item2)));

    [Fact]
    public void Every_image_says_the_commit_it_was_built_from()
    {
        Assert.All(Images.All, build =>
        {
            Assert.Matches("^[0-9a-f]{40}$", build.Commit.Id);
            Assert.Equal(build.Commit.Id, build.Image.Labels["org.opencontainers.image.revision"]);
            Assert.NotEmpty(build.Commit.Files);
        });
        Assert.Equal(Images.All.Count, Images.All.Select(build => build.Image.Digest).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(Images.Of("checkout"), build => build.Commit.Files.Keys.Any(path => path.StartsWith("migrations/", StringComparison.Ordinal)));
        Assert.Equal(["v41", "v42"], Images.UpTo("checkout", "v42").Select(build => build.Image.Tag));
    }

    [Fact]
    public void A_good_release_before_a_bad_one_is_there_to_roll_back_to()
    {
        Assert.True(Behaviours.Of("checkout", "v42").FailureShare < 0.01);
        Assert.InRange(Behaviours.Of("checkout", "v43").FailureShare, 0.2, 0.3);
        Assert.NotNull(Behaviours.Of("checkout", "v44").FailsToStart);
        Assert.True(Behaviours.Of("payments", "v18").Latency.Median > 10 * Behaviours.Of("payments", "v17").Latency.Median);
    }
}
