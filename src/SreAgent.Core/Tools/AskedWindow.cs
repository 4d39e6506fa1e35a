using SreAgent.Core.Time;

namespace SreAgent.Core.Tools;

/// <summary>The window a tool's <c>from</c> and <c>to</c> mean, and in words which part of it was assumed.</summary>
public sealed class AskedWindow
{
    private readonly TimeSpan _length;
    private readonly string _name;
    private readonly string _article;

    private AskedWindow(TimeSpan length, string name, string article) => (_length, _name, _article) = (length, name, article);

    public static AskedWindow LastHour { get; } = new(TimeSpan.FromHours(1), "hour", "an");

    public static AskedWindow LastDay { get; } = new(TimeSpan.FromDays(1), "day", "a");

    /// <param name="argument">For the message.</param>
    /// <param name="text">As it was given.</param>
    /// <param name="now">What relative times count from.</param>
    /// <exception cref="ToolException">It is not a time; says what is.</exception>
    public static DateTimeOffset Moment(string argument, string text, DateTimeOffset now) =>
        TimeExpression.TryParse(text, now, out var moment)
            ? moment
            : throw new ToolException($"'{text}' is not a time for {argument}; give {TimeExpression.Accepted}.");

    /// <exception cref="ToolException">An end cannot be read, or the window is empty.</exception>
    public (TimeRange Range, IReadOnlyList<string> Notes) Read(string? from, string? to, DateTimeOffset now)
    {
        var end = to is null ? now : Moment(nameof(to), to, now);
        var start = from is null ? end - _length : Moment(nameof(from), from, now);
        if (start >= end)
        {
            throw new ToolException($"The window is empty: from ({start:u}) must be before to ({end:u}).");
        }

        return (new TimeRange(start, end), (from, to) switch
        {
            (null, null) => [$"Window not given: the last {_name}."],
            (null, _) => [$"Start not given: {_article} {_name} before the end."],
            (_, null) => ["End not given: now."],
            _ => [],
        });
    }
}
