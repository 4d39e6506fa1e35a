using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>What is read of repositories of different shapes, what is found in them and what was passed over.</summary>
public class RepositoryShapeTests
{
    [Fact]
    public async Task A_fly_application() => Snapshot.Verify(await SmallRepositories.FlyApp().TellAsync());

    [Fact]
    public async Task A_service_deployed_by_a_chart() => Snapshot.Verify(await SmallRepositories.HelmService().TellAsync());

    [Fact]
    public async Task Infrastructure_in_Terraform() => Snapshot.Verify(await SmallRepositories.TerraformHeavy().TellAsync());

    [Fact]
    public async Task A_library_without_operations() => Snapshot.Verify(await SmallRepositories.Library().TellAsync());

    [Fact]
    public async Task A_product_that_watches_other_systems() => Snapshot.Verify(await SmallRepositories.MonitoringProduct().TellAsync());
}
