using System.Globalization;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>What the service comes to depend on: libraries by its manifests, systems by what its files state.</summary>
internal static class DependencyImpact
{
    private const int MostNamed = 8;

    /// <param name="changes">Manifests among them have their text.</param>
    /// <param name="systems">Statements of systems it now needs.</param>
    public static IEnumerable<Finding> Of(IReadOnlyList<ReadChange> changes, IEnumerable<Statement> systems)
    {
        foreach (var system in systems.DistinctBy(StatementName.Of, StringComparer.Ordinal))
        {
            yield return ProductionImpact.At(
                system, "dependency-added", FindingSeverity.Medium, $"It comes to depend on a system: {system.Text.TrimEnd('.')}. Say what happens while that is slow or gone.");
        }

        foreach (var change in changes)
        {
            var added = DependencyManifest.Names(change.After?.Text).Except(DependencyManifest.Names(change.Before?.Text), StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase).ToArray();
            if (added.Length > 0)
            {
                var more = added.Length > MostNamed ? string.Create(CultureInfo.InvariantCulture, $" and {added.Length - MostNamed} more") : "";
                yield return new Finding(
                    "library-added", FindingSeverity.Low, $"New {(added.Length == 1 ? "library" : "libraries")}: {string.Join(", ", added.Take(MostNamed))}{more}. Somebody has to follow their security notices.")
                {
                    Path = change.File.Path,
                };
            }
        }

        if (changes.Where(change => DependencyManifest.IsLock(change.File.Path)).ToArray() is { Length: > 0 } locks && !changes.Any(change => DependencyManifest.IsManifest(change.File.Path)))
        {
            yield return new Finding(
                "libraries-moved", FindingSeverity.Low, "Only the lock file changes: libraries, also those of libraries, run in other versions. Say what the upgrade was tested with.")
            {
                Path = locks[0].File.Path,
            };
        }
    }
}
