using System.Text.Json.Serialization;
using SreAgent.Core.Readiness;

namespace SreAgent.Host.Commands.Review;

/// <summary>
/// Reviews as SARIF 2.1.0 (OASIS, 27 March 2020), for code scanning: what is missing or partly answered, and findings, as results. What is
/// waived is there too, as suppressed.
/// </summary>
internal static class ReviewSarif
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    // Code scanning shows no result without a place; what is missing is written where readers look first.
    private static readonly SarifLocation[] WhereToWrite = [new(new SarifPlace(new SarifFile("README.md"), new SarifRegion(1, 1)))];

    /// <param name="reviews">One run of the log each.</param>
    /// <param name="version">Of this program.</param>
    public static SarifLog Of(IEnumerable<ReadinessReview> reviews, string version) => new(Schema, "2.1.0", [.. reviews.Select(review => Run(review, version))]);

    private static SarifRun Run(ReadinessReview review, string version)
    {
        SarifRule[] rules =
        [
            .. review.Questions.Select(question => new SarifRule(question.Id, new SarifText(question.Question))),
            .. review.Findings.Select(finding => finding.Id).Distinct(StringComparer.Ordinal).Select(id => new SarifRule(id, new SarifText(id.Replace('-', ' ')))),
        ];
        return new SarifRun(
            new SarifTool(new SarifDriver("sre-agent", version, rules)),
            [.. review.Questions.Where(question => question.Verdict != Verdict.Answered).Select(Result), .. review.Findings.Select(Result)],
            new SarifProperties(review.Subject, review.Commit, review.Persona, review.Ready, review.NotLookedAt));
    }

    private static SarifResult Result(QuestionReview question) => new(
        question.Id,
        question.Verdict == Verdict.Missing ? "error" : "warning",
        new SarifText($"{(question.Verdict == Verdict.Missing ? "Missing" : "Partly answered")}: {question.Question} {string.Join(' ', question.Gaps)}".TrimEnd()),
        question.Evidence.Count == 0 ? WhereToWrite : [.. question.Evidence.Take(10).Select(citation => new SarifLocation(new SarifPlace(new SarifFile(Escaped(citation.Path)), new SarifRegion(citation.Line, citation.EndLine))))],
        Suppressed(question.Waived));

    private static SarifResult Result(Finding finding) => new(
        finding.Id,
        finding.Severity switch { FindingSeverity.Critical or FindingSeverity.High => "error", FindingSeverity.Medium => "warning", _ => "note" },
        new SarifText(finding.Message),
        finding.Path is null ? WhereToWrite : [new SarifLocation(new SarifPlace(new SarifFile(Escaped(finding.Path)), finding.Line is { } line ? new SarifRegion(line, line) : null))],
        Suppressed(finding.Waived));

    private static SarifSuppression[]? Suppressed(string? reason) => reason is null ? null : [new SarifSuppression("external", reason)];

    /// <summary>A relative reference: each step of the path escaped, so that no name of a file is read as something else.</summary>
    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}

internal sealed record SarifLog([property: JsonPropertyName("$schema")] string Schema, string Version, IReadOnlyList<SarifRun> Runs);

internal sealed record SarifRun(SarifTool Tool, IReadOnlyList<SarifResult> Results, SarifProperties Properties);

internal sealed record SarifTool(SarifDriver Driver);

internal sealed record SarifDriver(string Name, string Version, IReadOnlyList<SarifRule> Rules);

internal sealed record SarifRule(string Id, SarifText ShortDescription);

internal sealed record SarifText(string Text);

internal sealed record SarifResult(string RuleId, string Level, SarifText Message, IReadOnlyList<SarifLocation> Locations, IReadOnlyList<SarifSuppression>? Suppressions);

internal sealed record SarifLocation(SarifPlace PhysicalLocation);

internal sealed record SarifPlace(SarifFile ArtifactLocation, SarifRegion? Region);

internal sealed record SarifFile(string Uri);

internal sealed record SarifRegion(int StartLine, int EndLine);

internal sealed record SarifSuppression(string Kind, string Justification);

internal sealed record SarifProperties(string Subject, string? Commit, string Persona, bool Ready, IReadOnlyList<string> NotLookedAt);
