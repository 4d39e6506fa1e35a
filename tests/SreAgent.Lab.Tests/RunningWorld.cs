using System.Text.Json;
using SreAgent.Lab.Scenarios;
using SreAgent.Testing.Servers;

namespace SreAgent.Lab.Tests;

/// <summary>A whole practice world in which nothing happens by itself, with its real Prometheus. Shared by a class of tests.</summary>
public sealed class RunningWorld : IAsyncLifetime
{
    private PracticeWorld? _world;

    public PracticeWorld World => _world ?? throw new InvalidOperationException("The world has not started.");

    /// <summary>Skips the calling test when this machine cannot have a Prometheus.</summary>
    public Uri Prometheus
    {
        get
        {
            Assert.SkipWhen(World.Prometheus is null, World.WithoutPrometheusBecause ?? "");
            return World.Prometheus;
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _world = await PracticeWorld.StartAsync(new PracticeOptions { Scenario = ScenarioCatalogue.Find("healthy")! }, new Progress<string>(), Token); // The catalogue has it.
        await _world.FirstSamplesAsync(Token);
    }

    public ValueTask DisposeAsync() => _world?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Runs a tag on all machines of an application.</summary>
    public async Task DeployAsync(string app, string tag)
    {
        foreach (var machine in World.Fleet.Machines.Where(machine => machine.Machine.App == app))
        {
            await World.Fleet.RunAsync(machine.Machine with { Image = tag }, Token);
        }
    }

    public Task<JsonElement[]> QueryAsync(string query) => new PrometheusQuestions(Prometheus).QueryAsync(query);

    /// <summary>The value of a query's first series, once it has one that will do.</summary>
    public Task<double> UntilAsync(string query, Func<double, bool> condition) => new PrometheusQuestions(Prometheus).UntilAsync(query, condition);

    public static Task<string> GetAsync(Uri address) => PrometheusQuestions.GetAsync(address);
}
