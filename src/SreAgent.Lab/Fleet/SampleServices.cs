namespace SreAgent.Lab.Fleet;

/// <summary>What the sample fleet is made of: who offers which routes and calls whom.</summary>
internal static class SampleServices
{
    public const string Checkout = "checkout";
    public const string Payments = "payments";
    public const string Inventory = "inventory";
    public const string Recommendations = "recommendations";

    private static readonly Dictionary<string, ServiceRoute[]> Routes = new(StringComparer.Ordinal)
    {
        [Checkout] =
        [
            new("POST", "/checkout", 201) { IsMain = true, Calls = [new(Inventory, "POST", "/reservations"), new(Payments, "POST", "/charges")] },
            new("GET", "/cart/{id}", 200),
        ],
        [Payments] = [new("POST", "/charges", 201) { IsMain = true }],
        [Inventory] = [new("POST", "/reservations", 201) { IsMain = true }, new("GET", "/stock/{id}", 200)],
        [Recommendations] = [new("GET", "/recommendations/{id}", 200) { IsMain = true }],
    };

    public static IReadOnlyList<string> All { get; } = [.. Routes.Keys];

    /// <summary>Empty for an application the fleet does not know; it then has its health check and metrics only.</summary>
    public static IReadOnlyList<ServiceRoute> RoutesOf(string app) => Routes.GetValueOrDefault(app) ?? [];
}

/// <param name="Template">The path, and the value of the label <c>route</c>: <c>/cart/{id}</c>.</param>
/// <param name="Success">Status of an answer that is well.</param>
internal sealed record ServiceRoute(string Method, string Template, int Success)
{
    /// <summary>Failures of an image happen here.</summary>
    public bool IsMain { get; init; }

    /// <summary>Made in this order while a request is worked on.</summary>
    public IReadOnlyList<PeerCall> Calls { get; init; } = [];

    public bool Takes(string method, string path)
    {
        var parameter = Template.IndexOf('{', StringComparison.Ordinal);
        return method == Method && (parameter < 0 ? path == Template : path.Length > parameter && path.StartsWith(Template[..parameter], StringComparison.Ordinal));
    }
}

internal sealed record PeerCall(string App, string Method, string Path);
