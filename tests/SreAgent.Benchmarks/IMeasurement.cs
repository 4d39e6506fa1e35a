namespace SreAgent.Benchmarks;

/// <summary>One promise about speed or size, measured.</summary>
internal interface IMeasurement
{
    string Name { get; }

    /// <summary>Absent for what is printed to be looked at.</summary>
    string? Goal { get; }

    /// <exception cref="PrerequisiteMissingException">Something it needs is not there.</exception>
    Task<Finding> MeasureAsync(CancellationToken cancellationToken);
}

/// <summary>What came of it.</summary>
internal abstract record Finding
{
    private Finding()
    {
    }

    public sealed record Measured(IReadOnlyList<string> Lines, bool GoalMet) : Finding;

    /// <summary>Never counts as met.</summary>
    public sealed record NotMeasured(string Why) : Finding;
}

/// <summary>A measurement cannot be made; the message says what is missing and how to get it.</summary>
internal sealed class PrerequisiteMissingException(string message) : Exception(message);
