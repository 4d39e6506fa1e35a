using System.Net;
using System.Text.RegularExpressions;
using SreAgent.Lab.Fleet;

namespace SreAgent.Lab.Tests.Fleet;

/// <summary>A fleet without Prometheus, people or platform: the test is all three.</summary>
internal sealed class FleetDriver : IAsyncDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseProxy = false });

    public FleetHost Host { get; } = new(new LabImages(TimeProvider.System.GetUtcNow()), seed: 7, TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<Uri> RunAsync(string app, string tag, string id = "one", params (string Name, string Value)[] environment)
    {
        await Host.RunAsync(
            new LabMachine(id, app, "ams", tag, environment.ToDictionary(variable => variable.Name, variable => variable.Value, StringComparer.Ordinal)), Token);
        return Host.Machines.Single(machine => machine.Machine.Id == id).Address;
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, Uri machine, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(machine, path));
        using var response = await _http.SendAsync(request, Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
    }

    public async Task<string> MetricsAsync(Uri machine) => (await SendAsync(HttpMethod.Get, machine, "metrics")).Body;

    /// <summary>The sum over the series whose line begins so.</summary>
    public static double Sum(string metrics, string pattern) =>
        Regex.Matches(metrics, $"^{pattern}.* (?<value>\\S+)$", RegexOptions.Multiline, TimeSpan.FromSeconds(5)).Sum(match => double.Parse(match.Groups["value"].Value));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _http.Dispose();
    }
}
