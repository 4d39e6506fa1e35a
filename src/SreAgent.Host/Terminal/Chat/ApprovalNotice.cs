using SreAgent.Core.Changes;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>That something waits for a yes, in a few lines: enough to know whether to look at it now.</summary>
internal static class ApprovalNotice
{
    public static IEnumerable<string> Lines(ChangeRequest request, DateTimeOffset now, int width, Ink ink)
    {
        var plan = request.Plan;
        yield return ink.On("⏸ Waits for your yes: ", Look.Yellow | Look.Bold) + SafeText.Line(plan.Summary, width * 2);
        yield return SafeText.Line($"  {request.Scope.Environment}: {plan.Current} → {plan.Wanted}", width * 2);
        yield return ink.Dim($"  expires {ChangeCard.Expiry(request.ExpiresAt, now)}");
        yield return $"  {ink.Bold($"/approve {SafeText.Line(request.Id.Value, 40)}")}   or   /deny {SafeText.Line(request.Id.Value, 40)} reason";
    }
}
