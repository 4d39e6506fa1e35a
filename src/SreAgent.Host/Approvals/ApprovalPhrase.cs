using SreAgent.Core.Changes;
using SreAgent.Host.Text;

namespace SreAgent.Host.Approvals;

/// <summary>
/// What a person types to approve, on whichever surface: something of the plan itself, so that it has to be read. A yes can be a habit, or
/// a client that accepts everything; a target's name cannot.
/// </summary>
public static class ApprovalPhrase
{
    private const int Longest = 40;

    /// <summary>
    /// The target's name. Of a long one, its last part after a slash or a space; where that is long too, or holds anything a keyboard may not
    /// type as shown, the request's id.
    /// </summary>
    public static string For(ChangeRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = request.Plan.Target.Trim();
        return IsTypeable(target) ? target
            : target.Split('/', ' ')[^1] is var last && IsTypeable(last) && SafeText.IsPlain(target) ? last
            : request.Id.Value;
    }

    /// <summary>Case counts; space around does not. Nothing typed is no answer.</summary>
    public static bool Matches(string? typed, string phrase) => string.Equals(typed?.Trim(), phrase, StringComparison.Ordinal);

    private static bool IsTypeable(string text) => text.Length is >= 3 and <= Longest && SafeText.IsPlain(text) && !text.Contains("  ", StringComparison.Ordinal);
}
