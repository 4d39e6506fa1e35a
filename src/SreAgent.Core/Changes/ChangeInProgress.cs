namespace SreAgent.Core.Changes;

/// <summary>
/// The change the present flow of work carries out, so that what leaves this process can name it: systems that keep a record of their own
/// can then be held against ours. It grants nothing and decides nothing.
/// </summary>
public static class ChangeInProgress
{
    /// <summary>Request header under which integrations send it.</summary>
    public const string Header = "X-SreAgent-Change";

    private static readonly AsyncLocal<ChangeRequestId?> Flowing = new();

    /// <summary>Absent outside a change.</summary>
    public static ChangeRequestId? Id => Flowing.Value;

    /// <summary>Names the change for everything this flow does from here on, until disposed.</summary>
    public static IDisposable Begin(ChangeRequestId id)
    {
        var before = Flowing.Value;
        Flowing.Value = id;
        return new Ending(before);
    }

    private sealed class Ending(ChangeRequestId? before) : IDisposable
    {
        public void Dispose() => Flowing.Value = before;
    }
}
