using SreAgent.Integrations.Grafana;
using SreAgent.Integrations.Tests.Grafana;
using SreAgent.Lab.Grafana;
using SreAgent.Lab.Journal;
using SreAgent.Testing.Grafana;
using SreAgent.Testing.Servers;
using SreAgent.Testing.Specs;
using SreAgent.Testing.Time;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>
/// The Grafana integration as the host registers it, over the simulator with the real Prometheus behind it, at the end of that one's history.
/// Every exchange is held against Grafana's description where that is to be had.
/// </summary>
internal sealed class SimulatedGrafana : IAsyncDisposable
{
    private readonly GrafanaWired _grafana;

    private SimulatedGrafana(GrafanaSimulator simulator, LabJournal journal, string token, ApiDescription? description, IReadOnlyCollection<string>? deviations)
    {
        (Simulator, Journal) = (simulator, journal);
        Recording = description is null ? null : new RecordingHandler(description, [.. GrafanaDeviations.All.Where(known => deviations?.Contains(known.Pattern) != false)]) { InnerHandler = Tap };
        _grafana = GrafanaWired.With(Recording ?? (HttpMessageHandler)Tap, RealPrometheus.HistoryEnd, ("BaseUrl", simulator.Address.ToString()), ("Token", token));
        (Api, ApiCalls) = Watched.Over(_grafana.Api);
    }

    public GrafanaSimulator Simulator { get; }

    public LabJournal Journal { get; }

    /// <summary>Absent without a description.</summary>
    public RecordingHandler? Recording { get; }

    public ExchangeTap Tap { get; } = new() { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false } };

    public IGrafanaApi Api { get; }

    public Watched<IGrafanaApi> ApiCalls { get; }

    public GrafanaTools Tools => _grafana.Tools;

    /// <param name="prometheus">Behind its data source.</param>
    /// <param name="token">Whose.</param>
    /// <param name="description">Grafana's.</param>
    /// <param name="deviations">Those that are needed, by pattern; all when absent.</param>
    public static async Task<SimulatedGrafana> StartAsync(
        RealPrometheus prometheus, string token = SampleGrafana.Token, ApiDescription? description = null, IReadOnlyCollection<string>? deviations = null)
    {
        var clock = new ManualClock(RealPrometheus.HistoryEnd);
        var journal = new LabJournal(clock);
        var seed = SampleGrafana.Seed((await prometheus.ServerAsync()).Address);
        return new SimulatedGrafana(await GrafanaSimulator.StartAsync(seed, journal, clock, TestContext.Current.CancellationToken), journal, token, description, deviations);
    }

    public async ValueTask DisposeAsync()
    {
        _grafana.Dispose();
        await Simulator.DisposeAsync();
    }
}
