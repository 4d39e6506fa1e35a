using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Changes;
using SreAgent.Core.Time;

namespace SreAgent.Host.Mcp.Approvals;

/// <summary>
/// A change, put to a human as a form: everything needed to decide, and a phrase to type that is taken from the plan. A bare yes-or-no box
/// is one stray key press, or one client that accepts everything, away from an approval nobody gave.
/// </summary>
internal static class ApprovalQuestion
{
    public const string PhraseField = "phrase";

    // A longer target is nothing anybody types, a shorter one is typed by accident; then the request's id is the phrase.
    private const int ShortestTypedTarget = 3;
    private const int LongestTypedTarget = 40;

    /// <param name="request">As the desk shows it, redacted.</param>
    /// <param name="now">Decides how long is left.</param>
    public static ElicitRequestParams For(ChangeRequest request, DateTimeOffset now) => new()
    {
        Message = Text(request, now),
        RequestedSchema = new ElicitRequestParams.RequestSchema
        {
            Properties = new Dictionary<string, ElicitRequestParams.PrimitiveSchemaDefinition>(StringComparer.Ordinal)
            {
                [PhraseField] = new ElicitRequestParams.StringSchema
                {
                    Title = $"Type: {PhraseOf(request)}",
                    Description = "Approves exactly this change, once. Decline to refuse it for good; cancel to leave it for later.",
                    MinLength = 1,
                    MaxLength = 200,
                },
            },
            Required = [PhraseField],
        },
    };

    /// <summary>What has to be typed: the target, which takes having read the plan.</summary>
    public static string PhraseOf(ChangeRequest request)
    {
        var target = request.Plan.Target.Trim();
        return target.Length is >= ShortestTypedTarget and <= LongestTypedTarget && target.All(static c => c is >= ' ' and <= '~') ? target : request.Id.Value;
    }

    /// <summary>Space around it is forgiven, nothing else.</summary>
    public static bool IsPhrase(ChangeRequest request, string? typed) => string.Equals(typed?.Trim(), PhraseOf(request), StringComparison.Ordinal);

    private static string Text(ChangeRequest request, DateTimeOffset now)
    {
        var plan = request.Plan;
        var text = new StringBuilder();
        Line("", $"Approve this change to {request.Scope.Environment}? ({request.Id})");
        Line("What", plan.Summary);
        Line("Where", plan.Target);
        Line("Now", plan.Current);
        Line("Then", plan.Wanted);
        Line("Blast radius", plan.BlastRadius);
        Line("Undo", plan.Undo);
        foreach (var check in plan.Preflight)
        {
            Line($"Checked, {(check.Passed ? "passed" : "failed")}", $"{check.Name}: {check.Detail}");
        }

        Line("Call", $"{request.Tool} {Shortened(request.Arguments.GetRawText())}");
        Line("Asked by", $"{request.Scope.Requester} as {request.Scope.Persona}; rules: {string.Join(", ", request.Rules)}");
        Line("Expires", $"in {TimeExpression.Format(TimeSpan.FromSeconds(Math.Max(0, Math.Floor((request.ExpiresAt - now).TotalSeconds))))}");
        Line("", $"Nothing has been executed. To approve, type: {PhraseOf(request)}");
        return text.ToString().TrimEnd();

        // One line a field: text inside a plan may come from a model, and must not be able to add lines that look like the host's.
        void Line(string label, string value) =>
            text.Append(label).Append(label.Length == 0 ? "" : ": ").Append(OneLine(value)).Append('\n');
    }

    private static string Shortened(string json) =>
        json.Length <= 600 ? json : string.Create(CultureInfo.InvariantCulture, $"{json[..600]}… ({json.Length:N0} characters; sre-agent changes show has all)");

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            // Format characters can turn the reading direction or hide text; a decision is read as it is written.
            var hidden = char.IsControl(c) || char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format;
            if (!hidden)
            {
                line.Append(c);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd();
    }
}
