using SreAgent.Lab.Servers;

namespace SreAgent.Testing.Servers;

/// <summary>A real Alertmanager that holds what tests post to it. Tests keep apart by using label values of their own.</summary>
public sealed class RealAlertmanager : StartedOnce<AlertmanagerServer>
{
    protected override Task<AlertmanagerServer> StartAsync(IProgress<string> progress) =>
        AlertmanagerServer.StartAsync(progress, TestContext.Current.CancellationToken);
}
