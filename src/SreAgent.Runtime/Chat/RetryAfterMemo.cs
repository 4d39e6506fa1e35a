namespace SreAgent.Runtime.Chat;

/// <summary>Remembers how long the provider last asked to wait: its clients do not pass the header on with the fault.</summary>
internal sealed class RetryAfterMemo(TimeProvider clock)
{
    public TimeSpan? Last { get; private set; }

    public void Take(HttpResponseMessage response) => Last = response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - clock.GetUtcNow(),
        _ => null,
    };
}
