namespace SreAgent.Core.Changes;

/// <summary>
/// Where a ChangeRequest stands. Moves only forward; everything from <see cref="Denied"/> on is final. Names are part of the
/// <c>changes show</c> contract.
/// </summary>
public enum ChangeRequestState
{
    /// <summary>Waits for a human.</summary>
    Pending = 0,

    /// <summary>A human said yes; not executed yet.</summary>
    Approved,

    /// <summary>The approval is spent and the change is running, or its process died while it ran.</summary>
    Executing,

    /// <summary>A human said no.</summary>
    Denied,

    /// <summary>Nobody answered, or nobody executed, before the deadline.</summary>
    Expired,

    /// <summary>Refused at execution: the target, the policy or the arguments were no longer what had been approved.</summary>
    Drifted,

    /// <summary>Executed, and verification saw it take.</summary>
    Succeeded,

    /// <summary>Executed, and either the execution or the verification failed.</summary>
    Failed,

    /// <summary>Executed, but verification could not be carried out. Not the same as fine.</summary>
    Unverified,

    /// <summary>The process died while the change ran, and no other could go on with it. What happened to the target is unknown; it is never run again.</summary>
    Interrupted,
}
