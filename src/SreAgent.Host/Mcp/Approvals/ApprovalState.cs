namespace SreAgent.Host.Mcp.Approvals;

/// <summary>What a question about a change carries to the client and back, sealed. Everything an answer has to match.</summary>
/// <param name="Change">ChangeRequest id.</param>
/// <param name="Digest">That request's digest.</param>
/// <param name="Call">SHA-256 over tool name and canonical arguments of the call that was held.</param>
/// <param name="Principal">Actor id of whoever was asked.</param>
/// <param name="ExpiresAt">Unix seconds.</param>
/// <param name="Nonce">Spent by the first answer.</param>
internal sealed record ApprovalState(string Change, string Digest, string Call, string Principal, long ExpiresAt, string Nonce);

/// <summary>A sealed state as it came back from a client.</summary>
internal abstract record StateCheck
{
    private StateCheck()
    {
    }

    public sealed record Valid(ApprovalState State) : StateCheck;

    /// <param name="Reason">Which check it failed, for the caller. Says nothing that would help to forge one.</param>
    public sealed record Refused(string Reason) : StateCheck;
}
