namespace SreAgent.Lab.Http;

/// <summary>Trouble a simulator is told to make: each fault meets the next requests that fit it, then is spent.</summary>
public sealed class FaultPlan
{
    private readonly Lock _gate = new();
    private readonly List<(string Method, string Path, LabFault Fault, int Left)> _faults = [];

    /// <param name="method">Such as <c>POST</c>; <c>*</c> for any.</param>
    /// <param name="pathPart">A part of the path; empty for any.</param>
    /// <param name="fault">What happens.</param>
    /// <param name="times">How often, more than 0.</param>
    public void Add(string method, string pathPart, LabFault fault, int times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(times);
        lock (_gate)
        {
            _faults.Add((method, pathPart, fault, times));
        }
    }

    /// <summary>Spends the first fault that fits the request. Null when none does.</summary>
    internal LabFault? Take(string method, string path)
    {
        lock (_gate)
        {
            var at = _faults.FindIndex(planned =>
                (planned.Method is "*" || planned.Method.Equals(method, StringComparison.OrdinalIgnoreCase)) && path.Contains(planned.Path, StringComparison.Ordinal));
            if (at < 0)
            {
                return null;
            }

            var (planned, part, fault, left) = _faults[at];
            if (left == 1)
            {
                _faults.RemoveAt(at);
            }
            else
            {
                _faults[at] = (planned, part, fault, left - 1);
            }

            return fault;
        }
    }
}

/// <summary>One kind of trouble.</summary>
public abstract record LabFault
{
    private LabFault()
    {
    }

    /// <summary>The request is refused and changes nothing.</summary>
    /// <param name="Status">Such as 500.</param>
    /// <param name="Message">What the vendor's error says.</param>
    public sealed record Refuses(int Status, string Message) : LabFault
    {
        /// <summary>Seconds for <c>Retry-After</c>. Absent: no such header.</summary>
        public int? RetryAfter { get; init; }
    }

    /// <summary>The connection is cut before anything happens.</summary>
    public sealed record Drops : LabFault;

    /// <summary>The request takes effect and the connection is cut instead of an answer.</summary>
    public sealed record LosesAnswer : LabFault;
}
