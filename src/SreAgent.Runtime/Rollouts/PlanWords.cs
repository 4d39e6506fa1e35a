using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What the approver reads first: what happens, to what, who feels it, and how to take it back.</summary>
internal static class PlanWords
{
    public static ChangePlan Of(RolloutWish wish, IRolloutPlatform platform, LookedUp looked)
    {
        var (fleet, image) = (looked.Fleet, looked.Target.Image.Value?.Reference);
        var wanted = image?.Brief ?? wish.To ?? "an earlier image";
        var running = FleetFacts.Running(fleet);
        var remedy = wish.IsRollback || running is null ? null : platform.RollbackCall(wish.Service, running, wish.RollBackOnFailure);
        var summary = wish.IsRollback
            ? $"Roll {wish.Service} back to {looked.Target.Release?.Id ?? wish.To ?? "an earlier release"} ({wanted}), away from {fleet.Image?.Brief ?? "what runs now"}, on {FleetFacts.Count(fleet)}."
            : $"Deploy {wanted} of {wish.Service} in place of {fleet.Image?.Brief ?? "what runs now"} on {FleetFacts.Count(fleet)}.";
        return new ChangePlan(
            summary, fleet.App, FleetFacts.Now(fleet), image?.ToString() ?? $"{wanted}, which was not found",
            BlastRadius(looked), Undo(wish, looked, running, remedy), RolloutFingerprint.Of(fleet, image))
        {
            Remedy = remedy,
        };
    }

    public static PlanFact Method(Looked<RolloutMethod> method) => new("method", method.Value is { } known
        ? $"{known.Strategy}, by {known.Executor}."
        : $"Not known: {method.Problem}");

    private static string BlastRadius(LookedUp looked)
    {
        var fleet = looked.Fleet;
        var where = fleet.Instances.Count == 0 ? "There is no machine yet" : $"{FleetFacts.Count(fleet)} in {string.Join(", ", fleet.Regions)}";
        var how = looked.Method.Value is { } method ? $", {method.Strategy}, by {method.Executor}" : "";
        return $"{where}{how}. All users of {looked.Service.Name} in {looked.Service.Environment} are served by it; if it goes wrong part of them may see errors until it is rolled back, and the machines may run different images.";
    }

    private static string Undo(RolloutWish wish, LookedUp looked, Release? running, Remedy? remedy)
    {
        const string Stays = "That will not undo: changes of configuration, environment and secrets; a schema or data that were migrated; machines that scaling added or removed; messages and jobs already sent. "
            + "And it needs the image, which the registry may have pruned by then.";
        if (wish.IsRollback)
        {
            return $"Deploy {looked.Fleet.Image?.ToString() ?? "the wanted image"} again, which asks for its own approval. The rollback itself brings back the image only: configuration, secrets and schema stay as they are now.";
        }

        if (running is null || remedy is null)
        {
            return $"There is no complete release of what runs now, so nothing to roll back to: the way back is another deploy. {Stays}";
        }

        var automatic = remedy.Automatic ? " Approving this approves that as well, once, should this or its verification fail." : "";
        return $"Roll back to {running.Id} ({running.Image?.Brief ?? "image unknown"}) with {remedy.Tool}.{automatic} {Stays}";
    }
}
