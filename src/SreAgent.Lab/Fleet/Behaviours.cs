namespace SreAgent.Lab.Fleet;

/// <summary>What every image of the sample fleet does. A tag nobody wrote down behaves like an ordinary good release of its application.</summary>
internal static class Behaviours
{
    private static readonly Dictionary<string, Behaviour> Good = new(StringComparer.Ordinal)
    {
        [SampleServices.Checkout] = new Behaviour(),
        [SampleServices.Payments] = new Behaviour { Latency = new Latency(Median: 40, Tail: 150) },
        [SampleServices.Inventory] = new Behaviour { Latency = new Latency(Median: 120, Tail: 260), Workers = 2 },
        [SampleServices.Recommendations] = new Behaviour { Latency = new Latency(Median: 25, Tail: 120) },
    };

    private static readonly Dictionary<(string App, string Tag), Func<Behaviour, Behaviour>> Changed = new()
    {
        [(SampleServices.Checkout, "v43")] = good => good with
        {
            FailureShare = 0.27,
            Failure = "NullReferenceException: Object reference not set to an instance of an object. at Checkout.Pricing.DiscountRule.Apply(Cart cart) in Pricing/DiscountRule.cs:line 41",
        },
        [(SampleServices.Checkout, "v44")] = good => good with
        {
            FailsToStart = "Unhandled exception. InvalidOperationException: the setting TAX_SERVICE_URL is required and is not set",
        },
        [(SampleServices.Payments, "v18")] = good => good with { Latency = new Latency(Median: 750, Tail: 1_600) },
        [(SampleServices.Inventory, "v31")] = good => good with
        {
            FailureShare = 0.3,
            Failure = "PostgresException: 40P01: deadlock detected, while updating stock in ascending and descending order of item",
        },
        [(SampleServices.Recommendations, "v8")] = good => good with
        {
            FailureShare = 0.3,
            Failure = "ModelNotReadyException: embedding shard 7 is still loading",
            Latency = new Latency(Median: 220, Tail: 900),
            Chatter = 4,
        },
    };

    public static Behaviour Of(string app, string tag)
    {
        var good = Good.GetValueOrDefault(app) ?? new Behaviour();
        return Changed.TryGetValue((app, tag), out var change) ? change(good) : good;
    }
}
