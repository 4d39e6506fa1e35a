namespace SreAgent.Runtime.Catalogue;

/// <summary>The settings' <c>Services</c> section: one block a service, keyed by its name. As written; <see cref="ServiceReader"/> checks it.</summary>
public sealed class ServiceOptions
{
    public const string Section = "Services";

    /// <summary>Name of an environment under <c>Guardrails:Environments</c>; the default environment when left out.</summary>
    public string? Environment { get; set; }

    /// <summary>PromQL label matchers without braces: <c>job="checkout"</c>.</summary>
    public string? MetricSelector { get; set; }

    public string? Owner { get; set; }

    /// <summary>Path or address.</summary>
    public string? Runbook { get; set; }

    public string? Dashboard { get; set; }

    public string? Repository { get; set; }

    public string? FlyApp { get; set; }

    /// <summary>Path of its fly.toml.</summary>
    public string? FlyToml { get; set; }

    /// <summary>By name: <c>availability</c>.</summary>
    public Dictionary<string, SloOptions> Slos { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>By name: <c>health</c>.</summary>
    public Dictionary<string, EndpointOptions> Endpoints { get; } = new(StringComparer.OrdinalIgnoreCase);

    public RolloutOptions Rollouts { get; } = new();
}

public sealed class SloOptions
{
    /// <summary><c>99.9%</c> or <c>0.999</c>.</summary>
    public string? Objective { get; set; }

    /// <summary>PromQL that counts good events over <c>$window</c>.</summary>
    public string? Good { get; set; }

    /// <summary>PromQL that counts all events over <c>$window</c>.</summary>
    public string? Total { get; set; }

    /// <summary>1h to 366d.</summary>
    public string Window { get; set; } = "30d";
}

public sealed class EndpointOptions
{
    public string? Url { get; set; }

    /// <summary>100 to 599.</summary>
    public string Status { get; set; } = "200";

    public string? Contains { get; set; }
}

// Text throughout, so that a mistake is reported with the others instead of ending the reading.
public sealed class RolloutOptions
{
    /// <summary>true or false.</summary>
    public string RequireGreen { get; set; } = "true";

    /// <summary>true or false.</summary>
    public string RequireReady { get; set; } = "false";

    /// <summary>Program and arguments.</summary>
    public IList<string> Preflight { get; } = [];

    public string? PreflightFolder { get; set; }

    /// <summary>5 to 3600.</summary>
    public string SoakSeconds { get; set; } = "120";
}
