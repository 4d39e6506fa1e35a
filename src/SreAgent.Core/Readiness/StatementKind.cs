namespace SreAgent.Core.Readiness;

/// <summary>What sort of text a statement is. Rules name them in kebab case: <c>alert-rule</c>.</summary>
public enum StatementKind
{
    /// <summary>A sentence, list item or table row a reader sees.</summary>
    Prose = 0,

    /// <summary>A target with a number: OpenSLO, Sloth, Pyrra, a provider's SLO resource.</summary>
    SloObjective,

    /// <summary>A rule that wakes or informs somebody.</summary>
    AlertRule,

    RecordingRule,

    Dashboard,

    /// <summary>Metrics, traces or logs are really emitted or collected: a scrape target, an exporter set up in code.</summary>
    Telemetry,

    /// <summary>A probe, a check of a platform, or the endpoint behind one.</summary>
    HealthCheck,

    /// <summary>What happens on termination: a grace period, a hook, a signal handled in code.</summary>
    Shutdown,

    /// <summary>How a new version takes over: rolling, canary, blue-green, a release command.</summary>
    DeployStrategy,

    /// <summary>A way back that is set up: an automatic rollback, a job that goes back to an earlier release.</summary>
    Rollback,

    /// <summary>A change of a schema or of stored state; field <c>reversible</c> says whether it has a way back.</summary>
    Migration,

    Backup,

    /// <summary>How many there are and what keeps them apart: replicas, zones, disruption budgets, autoscaling.</summary>
    Redundancy,

    /// <summary>Something it needs to run: a database, a queue, another service.</summary>
    Dependency,

    /// <summary>What is done while a dependency is slow or gone: timeouts, retries, circuit breakers.</summary>
    DependencyBehaviour,

    /// <summary>A team or person responsible: CODEOWNERS, a catalogue entry.</summary>
    Owner,

    /// <summary>Where a page goes: a receiver, a schedule, an escalation policy.</summary>
    OnCallRouting,

    /// <summary>A link to instructions from where somebody who is paged will look.</summary>
    RunbookLink,

    /// <summary>A step of an automated pipeline that tests or delivers.</summary>
    Pipeline,

    /// <summary>Limits and requests of CPU, memory, connections.</summary>
    ResourceLimit,

    /// <summary>A secret in the open. Never evidence: its quote is empty, and field <c>secret</c> says only of what sort it is.</summary>
    ExposedSecret,

    /// <summary>Release notes by version; field <c>breaking</c> says whether they warn of what breaks.</summary>
    ReleaseNotes,
}
