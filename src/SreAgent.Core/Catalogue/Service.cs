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
}

/// <summary>The services of the settings' <c>Services</c> section.</summary>
public interface IServiceCatalogue
{
    IReadOnlyList<Service> All { get; }

    /// <summary>By name, without case.</summary>
    Service? Find(string name);
}
