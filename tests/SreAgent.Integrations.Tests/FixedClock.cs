namespace SreAgent.Integrations.Tests;

/// <summary>A clock that stands still; timers run on the real one.</summary>
internal sealed class FixedClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
