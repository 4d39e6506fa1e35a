using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;

namespace SreAgent.Testing.Rehearsal;

/// <summary>A rollback of checkout that waits for a yes, unless told otherwise.</summary>
public static class ChangeRequestBuilder
{
    public static readonly DateTimeOffset Midnight = new(2026, 11, 20, 3, 0, 0, TimeSpan.Zero);

    public static ChangeRequest Rollback(string id = "chg-7k2m9qx4ht", DateTimeOffset? now = null) => new()
    {
        Id = new ChangeRequestId(id),
        State = ChangeRequestState.Pending,
        Tool = "fly_rollback",
        Arguments = JsonElement.Parse("""{"app":"checkout-prod","release":41,"reason":"errors since 02:41"}"""),
        Scope = new CallScope("production", "sre", "os:ada"),
        RequestedVia = Surface.Terminal,
        Digest = new ChangeDigest("4f2b8e0c9a7d31565f0e4c2b8a9d7e6f5c4b3a291807f6e5d4c3b2a190807060"),
        Plan = new ChangePlan(
            "Roll checkout back to release 41", "checkout-prod", "release 42, image sha256:9c1f", "release 41, image sha256:77ab",
            "3 instances in 2 regions, one at a time; about 20 seconds each", "Deploy release 42 again; writes made meanwhile stay", "checkout-prod/42/sha256:9c1f")
        {
            Preflight = [new PreflightCheck("image exists", Passed: true, "registry answered 200 for sha256:77ab")],
        },
        PolicyVersion = "v1",
        Rules = ["changes-need-approval"],
        CreatedAt = now ?? Midnight,
        ExpiresAt = (now ?? Midnight) + TimeSpan.FromMinutes(30),
        ConversationId = "c-20261120-7k2m",
        CallId = "call-1",
    };
}
