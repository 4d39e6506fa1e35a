using System.Globalization;
using System.Text;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Changes;
using SreAgent.Core.Time;
using SreAgent.Host.Approvals;
using SreAgent.Host.Text;

namespace SreAgent.Host.Mcp.Approvals;

/// <summary>
/// A change, put to a human as a form: everything needed to decide, and a phrase to type that is taken from the plan (see
/// <see cref="ApprovalPhrase"/>).
/// </summary>
internal static class ApprovalQuestion
{
    public const string PhraseField = "phrase";

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
                    Title = $"Type: {ApprovalPhrase.For(request)}",
                    Description = "Approves exactly this change, once. Decline to refuse it for good; cancel to leave it for later.",
                    MinLength = 1,
                    MaxLength = 200,
                },
            },
            Required = [PhraseField],
        },
    };

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
        Line("", $"Nothing has been executed. To approve, type: {ApprovalPhrase.For(request)}");
        return text.ToString().TrimEnd();

        // One line a field: text inside a plan may come from a model, and must not be able to add lines that look like the host's.
        void Line(string label, string value) =>
            text.Append(label).Append(label.Length == 0 ? "" : ": ").Append(SafeText.Line(value)).Append('\n');
    }

    private static string Shortened(string json) =>
        json.Length <= 600 ? json : string.Create(CultureInfo.InvariantCulture, $"{json[..600]}… ({json.Length:N0} characters; sre-agent changes show has all)");
}
