using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SreAgent.Core.Rollouts;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What a running rollout keeps in its steps, for itself and for a process that takes over.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(SettledRollout))]
[JsonSerializable(typeof(BeforeFigures))]
[JsonSerializable(typeof(OpenedRecord))]
internal sealed partial class RolloutJson : JsonSerializerContext
{
    public static string Write<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.Serialize(value, type);

    /// <exception cref="JsonException">A step holds what no rollout wrote.</exception>
    public static T Read<T>(string text, JsonTypeInfo<T> type)
        where T : class => JsonSerializer.Deserialize(text, type) ?? throw new JsonException($"A step holds no {typeof(T).Name}.");
}

/// <param name="Image">Pinned: the approved one.</param>
/// <param name="Commit">Absent when the image does not say.</param>
/// <param name="Before">The application as it was before anything was touched.</param>
internal sealed record SettledRollout(ImageReference Image, string? Commit, Fleet Before);

/// <summary>How users and logs were before anything was touched.</summary>
/// <param name="From">Since when the running release was looked at.</param>
/// <param name="To">When it was measured.</param>
internal sealed record BeforeFigures(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<SloFigures> Slos, LogFigures Logs);

/// <param name="Good">Absent, with <paramref name="Total"/>, when there was no event or it could not be measured.</param>
/// <param name="Problem">Why it could not be measured.</param>
internal sealed record SloFigures(string Name, double? Good, double? Total, string? Problem);

/// <param name="Errors">Error lines seen.</param>
/// <param name="Kinds">A hash of each kind of line: a line itself may hold what must not be kept.</param>
/// <param name="Cut">There were more lines than were read.</param>
/// <param name="Problem">Why they could not be read.</param>
internal sealed record LogFigures(int Errors, IReadOnlyList<string> Kinds, bool Cut, string? Problem);

/// <param name="Handle">What closes it. Absent when it could not be opened.</param>
/// <param name="Problem">Why not.</param>
internal sealed record OpenedRecord(string? Handle, string? Problem);
