using System.Text.RegularExpressions;
using SreAgent.Core.Time;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class SilenceFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("silences", "who muted what, until when, why"),
        new("silence HighErrorRate for 2h because the fix is rolling out", "asks a human to approve a silence"),
        new("expire silence 3f2b8c1e-5d4a-4b6f-9c0d-1a2b3c4d5e6f", "asks a human to approve ending one"),
    ];

    public Request? Recognise(string text)
    {
        if (List().IsMatch(text))
        {
            return new SilencesRequest();
        }

        if (Expire().Match(text) is { Success: true } expire)
        {
            return new ExpireSilenceRequest(expire.Groups["id"].Value, expire.Groups["reason"].Value);
        }

        if (Create().Match(text) is not { Success: true } create)
        {
            return null;
        }

        var duration = create.Groups["duration"].Value.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal);
        var spoken = duration.Length > 0 && char.IsLetter(duration[0]) ? $"1{duration}" : duration;
        return TimeExpression.TryParseDuration(spoken, out var length)
            ? new CreateSilenceRequest(create.Groups["alert"].Value, TimeExpression.Format(length), create.Groups["reason"].Value.TrimEnd('.', '!'))
            : null;
    }

    [GeneratedRegex(@"^(list |show |what are the )?(active |the |all )?(silences|(what|who) is silenced)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex List();

    [GeneratedRegex(@"^(silence|mute)\s+(the )?(alert )?(?<alert>[A-Za-z_:][A-Za-z0-9_:.-]*)\s+for\s+(an?\s+)?(?<duration>[0-9a-z. ]+?)(\s*,?\s*(because|since|as|while|:)\s+(?<reason>.+))?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Create();

    [GeneratedRegex(@"^(expire|end|remove|delete|stop)\s+(the )?silence\s+(?<id>[0-9a-fA-F-]{8,})(\s*,?\s*(because|since|as|:)\s+(?<reason>.+))?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Expire();
}

internal sealed record SilencesRequest : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("alertmanager_list_silences"), step =>
    {
        var silences = ToolAnswer.Items(ToolAnswer.Child(step.Result.Data, "silences")).ToArray();
        var lines = silences.Select(silence =>
            $"`{ToolAnswer.Text(silence, "id")}` {ToolAnswer.Text(silence, "state")}: {string.Join(", ", ToolAnswer.Items(ToolAnswer.Child(silence, "matchers")).Select(matcher => $"`{matcher}`"))} "
            + $"until {ToolAnswer.Text(silence, "endsAt")}, by {ToolAnswer.Text(silence, "createdBy")}: {ToolAnswer.Text(silence, "comment")}");
        return Wording.Cut(step.Result) ?? $"{silences.Length} silences:{Wording.List(lines, silences.Length, 20)}{Wording.Evidence(step.Result)}";
    });
}

/// <param name="Reason">Empty when none was given.</param>
internal sealed record CreateSilenceRequest(string Alert, string Duration, string Reason) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(
        PlannedCall.Of(
            "alertmanager_create_silence", ("matchers", new[] { $"alertname=\"{Alert}\"" }), ("duration", Duration),
            ("comment", Reason.Length > 0 ? Reason : "No reason was given.")),
        step => $"**{Alert}** is silenced for {Duration}: silence `{ToolAnswer.Text(step.Result.Data, "id")}`, until {ToolAnswer.Text(step.Result.Data, "endsAt")}. The alert keeps firing; only its notifications rest.{Wording.Evidence(step.Result)}");
}

internal sealed record ExpireSilenceRequest(string Id, string Reason) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(
        Reason.Length > 0 ? PlannedCall.Of("alertmanager_expire_silence", ("id", Id), ("reason", Reason)) : PlannedCall.Of("alertmanager_expire_silence", ("id", Id)),
        step => $"Silence `{Id}` has ended; its alerts notify again.{Wording.Evidence(step.Result)}");
}
