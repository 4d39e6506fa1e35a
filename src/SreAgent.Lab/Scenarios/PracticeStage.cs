using SreAgent.Lab.Fleet;
using SreAgent.Lab.Fly;

namespace SreAgent.Lab.Scenarios;

/// <summary>The practice world as a scenario acts on it: deploys go through the platform like anybody's, with a release record.</summary>
internal sealed class PracticeStage(FlySimulator fly, LoadGenerator load) : IScenarioStage
{
    public Task DeployAsync(string app, string tag, string by, CancellationToken cancellationToken) => fly.DeployAsync(app, tag, by, cancellationToken);

    public void SetLoad(string app, double requestsPerSecond) => load.SetRate(app, requestsPerSecond);
}
