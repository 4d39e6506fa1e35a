using System.Globalization;
using SreAgent.Core.Audit;
using SreAgent.Host.Composition;
using SreAgent.Lab.Fly;
using SreAgent.Testing.Practice;
using SreAgent.Testing.Time;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>The lab under attack, and an installation of two replicas that guards it. Its rules are stated here, and once more by hand in the books.</summary>
internal sealed class HostileLab : IAsyncDisposable
{
    /// <summary>Into whose repository nobody may write by this program.</summary>
    public const string Closed = "payments";

    /// <summary>Whose changes are denied, unless an approver lifts that knowingly.</summary>
    public const string Resting = "recommendations";

    public const string SecretName = "GATEWAY_KEY";

    private const string SecretValue = "whale-anchor-7421-lantern";

    // A soak of five seconds, and the waits of a rolling update, in some hundredths of one.
    private const double Pace = 200;

    private readonly string _folder;

    private HostileLab(PracticeSystems systems, string folder, HostileReplica one, HostileReplica other)
    {
        (Systems, _folder, One, Other) = (systems, folder, one, other);
        Repositories = new WatchedRepositories(Apps.ToDictionary(app => app, systems.RepositoryOf, StringComparer.Ordinal), Path.Combine(folder, "git", "worktrees"));
    }

    public static IReadOnlyList<string> Apps { get; } = ["checkout", "inventory", "payments", "recommendations"];

    /// <summary>What nobody may ever read in an answer, a record or another system.</summary>
    public static IReadOnlyList<string> Secrets { get; } = [.. PracticeSystems.Tokens, SecretValue];

    public PracticeSystems Systems { get; }

    public HostileReplica One { get; }

    public HostileReplica Other { get; }

    public WatchedRepositories Repositories { get; }

    public DateTimeOffset Now => Systems.Clock.GetUtcNow();

    public static async Task<HostileLab> OpenAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"sre-agent-hostile-{Guid.NewGuid():N}")).FullName;
        var systems = await PracticeSystems.StartAsync(HurriedClock.AtNoon(pace: 1), cancellationToken);
        var secret = Path.Combine(folder, "gateway-key");
        await File.WriteAllTextAsync(secret, SecretValue, cancellationToken);
        var settings = Settings(systems, folder, secret);
        var lab = new HostileLab(systems, folder, HostileReplica.Start(settings, systems.Clock), HostileReplica.Start(settings, systems.Clock));
        await lab.Repositories.OpenWorktreesAsync(lab.One, cancellationToken);
        systems.Clock.Hurry(Pace);
        return lab;
    }

    /// <summary>Everything an approval of a change to these machines rests on, by application.</summary>
    public async Task<IReadOnlyDictionary<string, FlyAppView>> LookAsync(CancellationToken cancellationToken) =>
        (await Systems.Fly.LookAsync(cancellationToken)).ToDictionary(app => app.Name, StringComparer.Ordinal);

    public async Task<AuditVerification> VerifyAuditAsync(CancellationToken cancellationToken) =>
        await AuditChain.VerifyAsync(One.Audit.ReadAsync(1, cancellationToken), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await Systems.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Dictionary<string, string?> Settings(PracticeSystems systems, string folder, string secretFile)
    {
        var settings = new Dictionary<string, string?>(LabSettings.For(systems.Endpoints, Path.Combine(folder, "git")), StringComparer.OrdinalIgnoreCase)
        {
            ["Store:Path"] = Path.Combine(folder, "store.db"),
            ["Guardrails:Environments:practice:Approvers:0"] = "os:ada",
            ["Guardrails:Environments:practice:Approvers:1"] = "os:grace",
            [$"Integrations:GitHub:Repositories:practice/*:Issues"] = "true",
            [$"Integrations:GitHub:Repositories:practice/{Closed}:Issues"] = "false",
            [$"Integrations:GitHub:Repositories:practice/{Closed}:Comments"] = "false",
            [$"Integrations:GitHub:Repositories:practice/{Closed}:PullRequests"] = "false",
            [$"Integrations:GitHub:Repositories:practice/{Closed}:Reviews"] = "false",
            [$"Integrations:Fly:Secrets:{SecretName}:ValueFile"] = secretFile,
            ["Integrations:Fly:Flyctl"] = "off",
            ["Integrations:Fly:WaitTimeoutSeconds"] = "60",

            // Deadlines are on the hurried clock too, and must not fall due because this machine is busy.
            ["Guardrails:ReadTimeoutSeconds"] = "600",
            ["Guardrails:PlanTimeoutSeconds"] = "3600",
            ["Guardrails:ChangeTimeoutSeconds"] = "7200",
            ["Integrations:Git:TimeoutSeconds"] = "3600",
        };
        foreach (var system in new[] { "Fly", "GitHub", "Grafana", "Prometheus" })
        {
            settings[$"Integrations:{system}:TimeoutSeconds"] = "600";
        }

        foreach (var app in Apps)
        {
            settings[$"Services:{app}:Rollouts:SoakSeconds"] = "5";
        }

        Rule(settings, 0, "no-marks-by-mallory", "Effects:0", "write", "Actors:0", "os:mallory");
        Rule(settings, 1, "resting", "Tools:0", "fly_*", "Effects:0", "change");
        settings["Guardrails:Rules:1:Arguments:0:Argument"] = "service";
        settings["Guardrails:Rules:1:Arguments:0:Test"] = "equals";
        settings["Guardrails:Rules:1:Arguments:0:Values:0"] = Resting;
        settings["Guardrails:Rules:1:Overridable"] = "true";
        return settings;
    }

    private static void Rule(Dictionary<string, string?> settings, int number, string name, params string[] conditions)
    {
        var rule = $"Guardrails:Rules:{number.ToString(CultureInfo.InvariantCulture)}";
        settings[$"{rule}:Name"] = name;
        settings[$"{rule}:Verdict"] = "deny";
        settings[$"{rule}:Reason"] = $"Rule {name} says so.";
        foreach (var pair in conditions.Chunk(2))
        {
            settings[$"{rule}:{pair[0]}"] = pair[1];
        }
    }
}
