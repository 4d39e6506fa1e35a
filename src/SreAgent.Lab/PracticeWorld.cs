using SreAgent.Lab.Servers;

namespace SreAgent.Lab;

/// <summary>
/// Something true to ask about when nothing is configured: a real Prometheus that watches itself every second, with rules, and an
/// Alertmanager when there is one. Everything ends and is deleted on dispose.
/// </summary>
public sealed class PracticeWorld : IAsyncDisposable
{
    private readonly PrometheusServer _prometheus;
    private readonly AlertmanagerServer? _alertmanager;

    private PracticeWorld(PrometheusServer prometheus, AlertmanagerServer? alertmanager, string? without) =>
        (_prometheus, _alertmanager, WithoutAlertmanagerBecause) = (prometheus, alertmanager, without);

    public Uri Prometheus => _prometheus.Address;

    /// <summary>Absent when it cannot be had on this machine.</summary>
    public Uri? Alertmanager => _alertmanager?.Address;

    /// <summary>Present exactly when <see cref="Alertmanager"/> is not.</summary>
    public string? WithoutAlertmanagerBecause { get; }

    /// <param name="progress">Is told about anything that takes long or touches the machine.</param>
    /// <param name="cancellationToken">Gives up, leaving nothing behind.</param>
    /// <exception cref="ServerUnavailableException">There is no Prometheus to be had; the message says how to get one.</exception>
    public static async Task<PracticeWorld> StartAsync(IProgress<string> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        AlertmanagerServer? alertmanager = null;
        string? without = null;
        try
        {
            alertmanager = await AlertmanagerServer.StartAsync(progress, cancellationToken);
        }
        catch (ServerUnavailableException e)
        {
            without = e.Message;
            progress.Report($"Practising without Alertmanager: {e.Message}");
        }

        try
        {
            var setup = PracticeSetup.For(alertmanager?.Address);
            var world = new PracticeWorld(await PrometheusServer.StartAsync(setup, progress, cancellationToken), alertmanager, without);
            await FirstAlert.WaitAsync(world.Prometheus, cancellationToken);
            return world;
        }
        catch
        {
            if (alertmanager is not null)
            {
                await alertmanager.DisposeAsync();
            }

            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _prometheus.DisposeAsync();
        if (_alertmanager is not null)
        {
            await _alertmanager.DisposeAsync();
        }
    }
}
