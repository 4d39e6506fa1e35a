using SreAgent.Lab.Fly;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Testing.Practice;

/// <summary>What may be wrong with one machine for a while.</summary>
public enum MachineTrouble
{
    /// <summary>Somebody else holds its lease.</summary>
    HeldByAnother = 0,

    NeverHealthy,

    /// <summary>Its next update is refused.</summary>
    Refuses,

    /// <summary>Its next update is made, and the answer is an error.</summary>
    LosesAnswer,
}

/// <summary>Makes trouble, and takes it back.</summary>
public static class MachineTroubles
{
    private const string Eve = "eve@lab.example";

    /// <returns>Takes it back.</returns>
    public static Action Make(this FlySimulator fly, MachineTrouble trouble, string app, string machine)
    {
        ArgumentNullException.ThrowIfNull(fly);
        switch (trouble)
        {
            case MachineTrouble.HeldByAnother:
                return Hold(fly, app, machine);
            case MachineTrouble.NeverHealthy:
                fly.Faults.NeverHealthy(machine);
                return () => fly.Faults.Heal(machine);
            default:
                fly.Faults.FailUpdates(1, 500, machine, afterApplying: trouble == MachineTrouble.LosesAnswer);
                return static () => { };
        }
    }

    private static Action Hold(FlySimulator fly, string app, string machine)
    {
        try
        {
            var nonce = fly.HoldLease(app, machine, TimeSpan.FromMinutes(10), Eve);
            return () => Release(fly, app, machine, nonce);
        }
        catch (FlyRefusalException)
        {
            // A change that somebody left half done holds it already.
            return static () => { };
        }
    }

    private static void Release(FlySimulator fly, string app, string machine, string nonce)
    {
        try
        {
            fly.ReleaseLease(app, machine, nonce, Eve);
        }
        catch (FlyRefusalException)
        {
            // It lapsed, or the machine is gone.
        }
    }
}
