namespace SreAgent.Lab.Fly.State;

/// <summary>Some of the vendor's regions.</summary>
internal static class FlyRegions
{
    public const string Nearest = "fra";

    /// <param name="Area">As the vendor groups them.</param>
    public sealed record Region(string Code, string Name, double Latitude, double Longitude, string Area);

    public static IReadOnlyList<Region> All { get; } =
    [
        new("ams", "Amsterdam, Netherlands", 52.37, 4.90, "europe"),
        new("fra", "Frankfurt, Germany", 50.12, 8.68, "europe"),
        new("iad", "Ashburn, Virginia (US)", 39.02, -77.46, "north_america"),
        new("lhr", "London, United Kingdom", 51.52, -0.60, "europe"),
        new("nrt", "Tokyo, Japan", 35.62, 139.78, "asia_pacific"),
        new("ord", "Chicago, Illinois (US)", 41.89, -87.64, "north_america"),
        new("sin", "Singapore, Singapore", 1.35, 103.99, "asia_pacific"),
        new("syd", "Sydney, Australia", -33.87, 151.10, "oceania"),
    ];

    public static bool IsKnown(string code) => All.Any(region => string.Equals(region.Code, code, StringComparison.Ordinal));
}
