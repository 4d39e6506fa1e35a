namespace SreAgent.Integrations.Prometheus;

/// <summary>What surrounds the samples of a query result.</summary>
/// <param name="ResultType">vector, matrix, scalar or string. Absent next to an error.</param>
/// <param name="Series">How many series were handed on.</param>
/// <param name="Text">The value, when the result is a string.</param>
internal sealed record QueryEnvelope(
    string? Status, string? ResultType, string? ErrorType, string? Error, IReadOnlyList<string> Warnings, IReadOnlyList<string> Infos, int Series, string? Text)
{
    public IReadOnlyList<string> Remarks => RemarksOf(Warnings, Infos, Error);

    public static IReadOnlyList<string> RemarksOf(IReadOnlyList<string>? warnings, IReadOnlyList<string>? infos, string? error) =>
    [
        .. error is null ? [] : new[] { $"Prometheus reports an error next to this data, which may be partial: {error}" },
        .. (warnings ?? []).Select(warning => $"Prometheus warns: {warning}"),
        .. (infos ?? []).Select(info => $"Prometheus notes: {info}"),
    ];
}
