using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Host.Composition;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Tests.Terminal;
using SreAgent.Lab;
using SreAgent.Lab.Journal;
using SreAgent.Lab.Scenarios;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing.Servers;

namespace SreAgent.Host.Tests.Story;

/// <summary>
/// A practice world with its real Prometheus, and an installation that points at it, in which nobody approves what they asked for. Whoever
/// runs the tests asks; grace, another user of the same machine and store, decides at a terminal of hers.
/// </summary>
internal sealed class PracticeStory : IAsyncDisposable
{
    public const string ErrorShare = "service:http_errors:ratio_rate15s{service=\"checkout\"}";

    /// <summary>As the operating system would name her. The tests cannot count on a second user, so only who she is was not looked up.</summary>
    public static readonly Actor Grace = new("os:grace", Surface.Terminal, IsHuman: true);

    // Enough people to tell a bad image from chance within a short watch, on a machine that does other things too.
    private static readonly Scenario Busy = ScenarioCatalogue.Find("healthy")! with // The catalogue has it.
    {
        Load = new Dictionary<string, double>(StringComparer.Ordinal) { ["checkout"] = 30 },
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly ServiceProvider _hers;

    private PracticeStory(PracticeWorld world, Action<Installation>? settle)
    {
        World = world;
        foreach (var (setting, value) in LabSettings.For(world.Endpoints))
        {
            Installation.With(setting, value!); // The practice world leaves none open.
        }

        Installation
            .With("Guardrails:Environments:practice:AllowSelfApproval", "false")
            .With("Services:checkout:Rollouts:SoakSeconds", "16");
        settle?.Invoke(Installation);
        _hers = Installation.Compose();
        Prometheus = new PrometheusQuestions(world.Prometheus!); // Skipped without.
    }

    public PracticeWorld World { get; }

    public Installation Installation { get; } = new();

    public PrometheusQuestions Prometheus { get; }

    private IApprovalDesk Desk => _hers.GetRequiredService<IApprovalDesk>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Skips the calling test where Prometheus cannot be had.</summary>
    /// <param name="settle">Has the last word on settings.</param>
    public static async Task<PracticeStory> StartAsync(Action<Installation>? settle = null)
    {
        var world = await PracticeWorld.StartAsync(new PracticeOptions { Scenario = Busy }, new Progress<string>(), Token);
        if (world.Prometheus is null)
        {
            await world.DisposeAsync();
            Assert.Skip(world.WithoutPrometheusBecause ?? "");
        }

        var story = new PracticeStory(world, settle);
        await world.FirstSamplesAsync(Token);
        await story.Prometheus.UntilAsync(ErrorShare, share => share < 0.02);
        return story;
    }

    public static void Ended(ChangeRequestState state, ChangeRequest request) => Assert.True(request.State == state, $"{request.Id} is {request.State}: {request.Outcome}");

    /// <summary>What a look finds, once it finds something.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await look() is { } found)
            {
                return found;
            }

            Assert.False(deadline.IsCancellationRequested, $"There never was {what}.");
            await Task.Delay(25, Token);
        }
    }

    /// <summary>The request for a tool that waits for a human, once there is one.</summary>
    public Task<ChangeRequest> WaitingAsync(string tool) => UntilAsync(
        async () => (await Desk.ListAsync(new ChangeRequestQuery([ChangeRequestState.Pending]), Token)).FirstOrDefault(request => request.Tool == tool), $"a request for {tool}");

    /// <summary>Returns once a change has begun a step.</summary>
    public Task<ChangeStep> UntilStepAsync(ChangeRequestId change, string name) =>
        UntilAsync(async () => (await Desk.StepsAsync(change, Token)).FirstOrDefault(step => step.Name == name), $"a step '{name}' of {change}");

    /// <summary>Returns once the practice world was changed so.</summary>
    public Task<LabJournalEntry> UntilJournaledAsync(Predicate<LabJournalEntry> wanted) =>
        UntilAsync(() => Task.FromResult(World.Journal.Entries.FirstOrDefault(entry => wanted(entry))), "such a line in the journal");

    /// <summary>Grace reads the plan, types the phrase, and waits until it is carried out and verified.</summary>
    /// <returns>What became of it.</returns>
    public async Task<ChangeRequest> GraceApprovesAsync(ChangeRequestId id)
    {
        var terminal = new ScriptedTerminal { Width = 160 };
        var flow = new ApprovalFlow(Desk, terminal, new Ink(colour: false), TimeProvider.System);
        var request = await ShowAsync(id);
        var approving = Task.Run(() => flow.RunAsync(request, Grace, overrideDenial: false, Token), Token);
        await terminal.TypePhraseAsync();
        await approving;
        return await ShowAsync(id);
    }

    public async Task<ChangeRequest> ShowAsync(ChangeRequestId id) =>
        await Desk.ShowAsync(id, Token) ?? throw new InvalidOperationException($"There is no {id}.");

    public IReadOnlyList<string> MachinesOf(string app) => [.. World.Fleet.Machines.Where(machine => machine.Machine.App == app).Select(machine => machine.Machine.Id)];

    /// <summary>Every request there ever was.</summary>
    public Task<IReadOnlyList<ChangeRequest>> ListAsync() => Desk.ListAsync(new ChangeRequestQuery([]), Token);

    /// <summary>In the practice world's own journal: the change updated every machine of the application, each exactly once.</summary>
    public void UpdatedEveryMachineOnce(string app, ChangeRequestId change)
    {
        var machines = MachinesOf(app).Select(machine => $"/v1/apps/{app}/machines/{machine}");
        var updated = World.Journal.Entries
            .Where(entry => entry.ChangeId == change.Value && entry.Summary.StartsWith($"updated {app} ", StringComparison.Ordinal)).Select(entry => entry.Path);
        Assert.Equal(machines.Order(StringComparer.Ordinal), updated.Order(StringComparer.Ordinal));
    }

    /// <summary>Nothing of Fly changed but on behalf of these.</summary>
    public void OnlyChangedBy(params ChangeRequestId[] changes) =>
        Assert.Subset(
            changes.Select(change => change.Value).ToHashSet(StringComparer.Ordinal),
            World.Journal.Entries.Where(entry => entry.System == "fly").Select(entry => entry.ChangeId ?? $"nobody: {entry.Summary}").ToHashSet(StringComparer.Ordinal));

    /// <summary>The chain holds, and tells of a change from the question to its end.</summary>
    /// <param name="change">The change.</param>
    /// <param name="approver">Who said yes.</param>
    /// <param name="kinds">Of its entries, oldest first.</param>
    public async Task AuditedAsync(ChangeRequestId change, string approver, params string[] kinds)
    {
        Assert.True((await Installation.JsonAsync("audit", "verify")).GetProperty("ok").GetBoolean());
        var entries = (await Installation.JsonAsync("audit", "list", "--limit", "1000")).EnumerateArray().Where(entry => entry.GetProperty("subject").GetString() == change.Value).Reverse().ToArray();
        Assert.Equal(kinds, entries.Select(entry => entry.GetProperty("kind").GetString()!));
        var approved = Assert.Single(entries, entry => entry.GetProperty("kind").GetString() == "Approved");
        Assert.Equal(approver, approved.GetProperty("actor").GetString());
    }

    /// <summary>GitHub lists the change as a deployment that ended so.</summary>
    public async Task RecordedOnGitHubAsync(string service, ChangeRequestId change, string ending)
    {
        var deployments = await AskAsync("github", $"repos/practice/{service}/deployments");
        var deployment = Assert.Single(deployments.EnumerateArray(), one => one.GetProperty("payload").GetRawText().Contains(change.Value, StringComparison.Ordinal));
        var statuses = await AskAsync("github", $"repos/practice/{service}/deployments/{deployment.GetProperty("id")}/statuses");
        Assert.Equal([ending, "in_progress"], statuses.EnumerateArray().Select(status => status.GetProperty("state").GetString()));
    }

    /// <summary>Grafana shows the change as a region that has ended, and says how.</summary>
    public async Task RecordedInGrafanaAsync(ChangeRequestId change, string ending)
    {
        var annotations = await AskAsync("grafana", $"api/annotations?tags=change:{change}");
        var region = Assert.Single(annotations.EnumerateArray());
        Assert.True(region.GetProperty("timeEnd").GetInt64() > region.GetProperty("time").GetInt64());
        var text = region.GetProperty("text").GetString();
        Assert.Contains($"{ending} at ", text, StringComparison.Ordinal);
        Assert.Contains($"approved by {Grace.Id}", text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _hers.DisposeAsync();
        await World.DisposeAsync();
        Installation.Dispose();
    }

    private async Task<JsonElement> AskAsync(string system, string path)
    {
        var endpoint = World.Endpoints.Single(endpoint => endpoint.Name == system);
        return JsonElement.Parse(await PrometheusQuestions.GetAsync(new Uri(endpoint.Address, path), endpoint.Token));
    }
}
