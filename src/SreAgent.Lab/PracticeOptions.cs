using SreAgent.Lab.Scenarios;

namespace SreAgent.Lab;

/// <summary>What a practice world is started with.</summary>
public sealed record PracticeOptions
{
    public Scenario Scenario { get; init; } = ScenarioCatalogue.Default;

    /// <summary>Factor on the scenario's times: 1 as written, 0.1 in a tenth.</summary>
    public double Pace { get; init; } = 1;

    /// <summary>Of everything that is left to chance.</summary>
    public int Seed { get; init; } = 42;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>False leaves Prometheus and Alertmanager out, as where they cannot be had.</summary>
    public bool Metrics { get; init; } = true;
}

/// <summary>Where a part of the practice world answers.</summary>
/// <param name="Name">As <c>lab status</c> lists it: <c>prometheus</c>.</param>
/// <param name="Token">What its clients show. It opens nothing outside the practice world. Absent when it asks for none.</param>
public sealed record LabEndpoint(string Name, Uri Address, string? Token = null);
