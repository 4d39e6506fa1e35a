namespace SreAgent.Host.Commands.Doctor;

/// <summary>One thing <c>doctor</c> looks at. Register one to have it looked at, too.</summary>
public interface IDoctorCheck
{
    /// <summary>As it is listed: <c>Store</c>.</summary>
    string Name { get; }

    /// <summary>Answers within the deadline it is given; what it throws counts as a broken connection.</summary>
    Task<DoctorFinding> CheckAsync(CancellationToken cancellationToken);
}

public enum DoctorStatus
{
    Ok = 0,

    /// <summary>Not used, on purpose or for want of a setting; says which.</summary>
    Disabled,

    /// <summary>Works, but somebody should know.</summary>
    Warning,

    /// <summary>A connection that should work does not.</summary>
    Broken,

    /// <summary>The settings cannot be used as they are.</summary>
    Misconfigured,
}

/// <param name="Status">How it stands.</param>
/// <param name="Detail">What was seen, or why it is not used.</param>
/// <param name="Fix">What to do. Absent when there is nothing to do.</param>
public sealed record DoctorFinding(DoctorStatus Status, string Detail, string? Fix = null)
{
    /// <summary>Single points worth a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
