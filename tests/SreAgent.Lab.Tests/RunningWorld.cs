using System.Net;
using System.Text.Json;
using SreAgent.Lab.Scenarios;

namespace SreAgent.Lab.Tests;

/// <summary>A whole practice world in which nothing happens by itself, with its real Prometheus. Shared by a class of tests.</summary>
public sealed class RunningWorld : IAsyncLifetime
{
    private static readonly HttpMessageInvoker Client = new(new SocketsHttpHandler { UseProxy = false });

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

    public async Task<JsonElement[]> QueryAsync(string query)
    {
        var answer = JsonElement.Parse(await GetAsync(new Uri(Prometheus, $"api/v1/query?query={Uri.EscapeDataString(query)}")));
        return [.. answer.GetProperty("data").GetProperty("result").EnumerateArray()];
    }

    /// <summary>The value of a query's first series, once it has one that will do.</summary>
    public async Task<double> UntilAsync(string query, Func<double, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var last = "nothing";
        while (true)
        {
            if (await QueryAsync(query) is [var series, ..])
            {
                last = series.GetProperty("value")[1].GetString()!; // A sample's value is a string.
                if (condition(double.Parse(last)))
                {
                    return double.Parse(last);
                }
            }

            Assert.False(deadline.IsCancellationRequested, $"{query} stayed at {last}.");
            await Task.Delay(100, Token);
        }
    }

    public static async Task<string> GetAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync(Token);
    }
}
