using SreAgent.Core.Changes;
using SreAgent.Host.Commands;

namespace SreAgent.Host.Terminal.Approvals;

/// <summary>States of a change as a person says them.</summary>
internal static class ChangeWords
{
    public static string Of(ChangeRequestState state) => state switch
    {
        ChangeRequestState.Pending => "waiting",
        ChangeRequestState.Approved => "approved",
        ChangeRequestState.Executing => "running",
        ChangeRequestState.Denied => "denied",
        ChangeRequestState.Expired => "expired",
        ChangeRequestState.Drifted => "drifted",
        ChangeRequestState.Succeeded => "done",
        ChangeRequestState.Failed => "failed",
        ChangeRequestState.Unverified => "done, unverified",
        _ => "interrupted",
    };

    public static string Sentence(ChangeRequestState state) => state switch
    {
        ChangeRequestState.Pending => "Waits for an approval.",
        ChangeRequestState.Approved => "Approved, not carried out yet.",
        ChangeRequestState.Executing => "Is being carried out.",
        ChangeRequestState.Denied => "Denied. Nothing was changed.",
        ChangeRequestState.Expired => "Expired before it was decided and carried out. Nothing was changed; ask for it again.",
        ChangeRequestState.Drifted => "Refused: what would be changed is no longer what was approved. Nothing was changed; ask for it again.",
        ChangeRequestState.Succeeded => "Done, and verified.",
        ChangeRequestState.Failed => "Carried out, but it failed or verification did.",
        ChangeRequestState.Unverified => "Carried out, but whether it took could not be verified. Look for yourself.",
        _ => "The process died while it ran. What happened to the target is unknown; it will not be run again. Look for yourself.",
    };

    /// <summary>What a request that stands like this means to a script.</summary>
    public static int ExitStatusOf(ChangeRequestState state) => state switch
    {
        ChangeRequestState.Succeeded => ExitStatus.Fine,
        ChangeRequestState.Pending or ChangeRequestState.Approved or ChangeRequestState.Executing => ExitStatus.Waiting,
        _ => ExitStatus.No,
    };
}
