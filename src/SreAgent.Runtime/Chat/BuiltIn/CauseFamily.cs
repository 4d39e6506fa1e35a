using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Why users of a service are worse off: when it began, and what was released just before.</summary>
internal sealed partial class CauseFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("why is checkout failing", "when its errors rose, and the release that finished closest before"),
        new("why is checkout slow over the last 2h", "the same for its objective of latency, over a longer window"),
    ];

    public Request? Recognise(string text)
    {
        var (rest, window) = SpokenWindow.TakeFrom(text);
        return Asked().Match(rest) is { Success: true } match
            ? new CauseRequest(
                match.Groups["service"].Value, match.Groups["what"].Value.Contains("slow", StringComparison.OrdinalIgnoreCase),
                window.Given ? window : new SpokenWindow(TimeSpan.FromMinutes(30), Given: false))
            : null;
    }

    [GeneratedRegex(@"^why\s+(is|does|are|was)\s+(the )?(service )?(?<service>[A-Za-z0-9][\w-]*)\s+(so )?(?<what>failing|fail|failed|slow|slower|broken|burning|erroring|down|unhealthy|bad)( now| right now)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}
