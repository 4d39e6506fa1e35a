using System.Globalization;

namespace SreAgent.Runtime.Stores;

/// <summary>
/// A moment as the store keeps it: UTC, in ISO 8601, always 28 characters, to the tick. Sorts as text, reads back exactly, and a person
/// with a database shell can read it.
/// </summary>
internal static class StoredTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    public static string? Of(DateTimeOffset? moment) => moment is { } known ? Of(known) : null;

    public static DateTimeOffset Read(string text) =>
        TryRead(text, out var moment) ? moment : throw new FormatException($"'{text}' is not a time as the store keeps it.");

    public static bool TryRead(string text, out DateTimeOffset moment) => DateTimeOffset.TryParseExact(
        text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);

    public static DateTimeOffset? ReadOptional(string? text) => text is null ? null : Read(text);
}
