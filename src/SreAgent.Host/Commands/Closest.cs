using SreAgent.Runtime.Tools;

namespace SreAgent.Host.Commands;

/// <summary>What somebody may have meant.</summary>
internal static class Closest
{
    private const int MostListed = 12;

    /// <summary>A sentence that goes behind "there is no such thing": the nearest name, or those there are.</summary>
    public static string Hint(string given, IEnumerable<string> known)
    {
        var names = known.ToArray();
        var near = To(given, names);
        return near is not null ? $" Did you mean '{near}'?"
            : names.Length == 0 ? " There are none."
            : $" There {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names.Take(MostListed))}{(names.Length > MostListed ? ", …" : "")}.";
    }

    public static string? To(string given, IReadOnlyList<string> names) =>
        names.Select(name => (name, distance: EditDistance.Between(given, name)))
            .Where(candidate => candidate.distance <= Math.Max(2, given.Length / 3) || candidate.name.Contains(given, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.distance).Select(candidate => candidate.name).FirstOrDefault();
}
