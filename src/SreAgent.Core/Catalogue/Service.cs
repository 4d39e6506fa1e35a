using SreAgent.Core.Rollouts;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Core.Catalogue;

/// <summary>A service this installation knows: what ties a name people say to the systems that run it.</summary>
public sealed record Service
{
    /// <summary>What people call it: <c>checkout</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs, as policy names it.</summary>
    public required string Environment { get; init; }

    /// <summary>PromQL label matchers that pick out its series, without braces: <c>job="checkout"</c>.</summary>
    public string? MetricSelector { get; init; }

    public string? Owner { get; init; }

    /// <summary>Path or address of its runbook.</summary>
    public string? Runbook { get; init; }

    public string? Dashboard { get; init; }

    public string? Repository { get; init; }

    public string? FlyApp { get; init; }

    /// <summary>Path of its fly.toml, read for how its deploys are meant to go. Absent when there is none to read.</summary>
    public string? FlyToml { get; init; }

    /// <summary>Service level objectives stated for it.</summary>
    public IReadOnlyList<Slo> Slos { get; init; } = [];

    /// <summary>What its own addresses answer when it is well: health endpoints and key user flows.</summary>
    public IReadOnlyList<EndpointExpectation> Endpoints { get; init; } = [];

    /// <summary>How its deploys are judged.</summary>
    public RolloutRules Rollouts { get; init; } = new();
}

/// <summary>How a service's deploys are judged before and after.</summary>
public sealed record RolloutRules
{
    /// <summary>A deploy is put before a human only when lint, tests and build of its commit are green; unknown is not green.</summary>
    public bool RequireGreen { get; init; } = true;

    /// <summary>A deploy is put before a human only when the last readiness review of its repository leaves no question unanswered; not reviewed is not ready.</summary>
    public bool RequireReady { get; init; }

    /// <summary>
    /// A command that shows it, run instead of asking the code host: program and arguments, exit status 0 is green. Empty means the code
    /// host is asked.
    /// </summary>
    public IReadOnlyList<string> Preflight { get; init; } = [];

    /// <summary>Where <see cref="Preflight"/> runs.</summary>
    public string? PreflightFolder { get; init; }

    /// <summary>How long users are watched after a deploy before it counts as good. 5 s to 1 h, two minutes by default.</summary>
    public TimeSpan Soak { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>The services of the settings' <c>Services</c> section.</summary>
public interface IServiceCatalogue
{
    IReadOnlyList<Service> All { get; }

    /// <summary>By name, without case.</summary>
    Service? Find(string name);
}
