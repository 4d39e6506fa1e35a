using SreAgent.Integrations.Fly.Api;

namespace SreAgent.Integrations.Fly;

/// <summary>What the machines of an application run, seen against what they should: the only proof of a deploy.</summary>
internal sealed record FlyLook(IReadOnlyList<FlyMachine> New, IReadOnlyList<FlyMachine> Others)
{
    public bool IsDone => New.Count > 0 && Others.Count == 0;

    public static async Task<FlyLook> AtAsync(IFlyMachinesApi api, string app, string digest, CancellationToken cancellationToken)
    {
        var found = (await api.MachinesAsync(app, cancellationToken)).OfApplication().ToLookup(machine => machine.Runs(digest));
        return new FlyLook([.. found[true]], [.. found[false]]);
    }

    /// <summary>One sentence.</summary>
    public override string ToString() =>
        IsDone ? $"All {New.Count} machines run the wanted image."
        : New.Count + Others.Count == 0 ? "The application has no machine."
        : $"On the wanted image: {Names(New)}. Not on it: {string.Join(", ", Others.Select(machine => $"{machine.Id} ({machine.Image()?.Brief ?? "unknown image"})"))}.";

    private static string Names(IReadOnlyList<FlyMachine> machines) => machines.Count == 0 ? "none" : string.Join(", ", machines.Select(machine => machine.Id));
}
