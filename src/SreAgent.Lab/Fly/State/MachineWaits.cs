namespace SreAgent.Lab.Fly.State;

/// <summary>Waits for what a machine will become.</summary>
internal static class MachineWaits
{
    /// <summary>Returns what <paramref name="look"/> first finds; it is asked under the lock, now and after every change.</summary>
    public static async Task<T> UntilAsync<T>(FlyWorld world, Func<T?> look, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            Task change;
            lock (world.Access)
            {
                change = world.NextChange;
                if (look() is { } found)
                {
                    return found;
                }
            }

            await change.WaitAsync(cancellationToken);
        }
    }
}
