namespace SreAgent.Integrations.Fly;

/// <summary>A machine's <c>instance_id</c>: a ULID made whenever its configuration is, so that it says when that was (ulid/spec).</summary>
internal static class MachineVersion
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Length = 26;
    private const int TimeLength = 10;

    /// <summary>Null for anything that is not a ULID.</summary>
    public static DateTimeOffset? MadeAt(string? instanceId)
    {
        if (instanceId is not { Length: Length })
        {
            return null;
        }

        var milliseconds = 0L;
        foreach (var letter in instanceId.AsSpan(0, TimeLength))
        {
            var digit = Crockford.IndexOf(char.ToUpperInvariant(letter), StringComparison.Ordinal);
            if (digit < 0)
            {
                return null;
            }

            milliseconds = (milliseconds << 5) | (uint)digit;
        }

        // 48 bits of milliseconds; ten digits hold fifty, and the calendar ends before those do.
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
