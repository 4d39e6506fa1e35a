namespace SreAgent.Lab.Fleet;

/// <summary>The machines the sample fleet begins with, for a platform to be seeded with.</summary>
public static class SampleFleet
{
    private static readonly (string App, string Id, string Region)[] Placed =
    [
        (SampleServices.Checkout, "3287e51b4c6d08", "ams"),
        (SampleServices.Checkout, "5683d2e7a10f94", "ams"),
        (SampleServices.Checkout, "9185b0c3f72e46", "fra"),
        (SampleServices.Inventory, "1781f6a9d3b05c", "ams"),
        (SampleServices.Inventory, "e784931ab5c206", "fra"),
        (SampleServices.Payments, "2865d7c4e90b13", "ams"),
        (SampleServices.Payments, "d891f0653ea27b", "fra"),
        (SampleServices.Recommendations, "4d8936b2f15ce7", "ams"),
        (SampleServices.Recommendations, "7840c5d9e6a132", "fra"),
    ];

    public static IReadOnlyList<string> Apps => SampleServices.All;

    /// <summary>One for each machine of an application.</summary>
    public static IReadOnlyList<string> RegionsOf(string app) => [.. Placed.Where(place => place.App == app).Select(place => place.Region)];

    /// <param name="images">The tag every application runs.</param>
    public static IReadOnlyList<LabMachine> Machines(IReadOnlyDictionary<string, string> images)
    {
        ArgumentNullException.ThrowIfNull(images);
        return
        [
            .. Placed.Select(place => new LabMachine(
                place.Id, place.App, place.Region, images[place.App], new Dictionary<string, string>(StringComparer.Ordinal) { ["FLY_APP_NAME"] = place.App })),
        ];
    }
}
