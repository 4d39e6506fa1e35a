using System.Text.Json;
using SreAgent.Core.Metrics;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Tools;

/// <summary>What came of a call, for programs. <c>outcome</c> says which of the other fields are there.</summary>
internal sealed record ResultDocument(string Id, string Tool, JsonElement Arguments, string Outcome, long DurationMs)
{
    public object? Data { get; init; }

    public EvidenceDocument? Evidence { get; init; }

    public Plot? Plot { get; init; }

    /// <summary>Why there is nothing, why it failed, or why it was refused.</summary>
    public string? Explanation { get; init; }

    public IReadOnlyList<string>? LikelyCauses { get; init; }

    public bool? Retryable { get; init; }

    public string? Rule { get; init; }

    /// <summary>Id of the change request that waits.</summary>
    public string? Change { get; init; }

    /// <param name="outcome">As the guardrail answered.</param>
    /// <param name="withData">False leaves the data out: a turn's summary need not repeat every result.</param>
    public static ResultDocument Of(ToolOutcome outcome, bool withData)
    {
        var document = new ResultDocument(outcome.Call.Id, outcome.Call.Tool, outcome.Call.Arguments, Word(outcome.Result), (long)outcome.Duration.TotalMilliseconds);
        return outcome.Result switch
        {
            ToolResult.Found found => document with
            {
                Data = withData ? found.Data : null,
                Evidence = EvidenceDocument.Of(found.Evidence),
                Plot = withData ? WithoutGaps(found.Plot) : null,
            },
            ToolResult.NoData none => document with { Explanation = none.Searched, LikelyCauses = none.LikelyCauses, Evidence = EvidenceDocument.Of(none.Evidence) },
            ToolResult.Failed failed => document with { Explanation = failed.Explanation, Retryable = failed.Retryable },
            ToolResult.Denied denied => document with { Explanation = denied.Reason, Rule = denied.Rule },
            ToolResult.AwaitingApproval waiting => document with { Explanation = waiting.Question, Change = waiting.Id.Value },
            _ => document,
        };
    }

    public static string Word(ToolResult result) => result switch
    {
        ToolResult.Found => "found",
        ToolResult.NoData => "noData",
        ToolResult.Failed => "failed",
        ToolResult.Denied => "denied",
        _ => "awaitingApproval",
    };

    /// <summary>JSON has no NaN; a plot with gaps stays on the screen.</summary>
    private static Plot? WithoutGaps(Plot? plot) => plot is not null && plot.Lines.All(line => line.Values.All(double.IsFinite)) ? plot : null;
}

internal sealed record EvidenceDocument(string Source, string Query, DateTimeOffset? From, DateTimeOffset? To, Uri? Link, IReadOnlyList<string> Notes)
{
    public static EvidenceDocument Of(Evidence evidence) =>
        new(evidence.Source, evidence.Query, evidence.Range?.From, evidence.Range?.To, evidence.Link, evidence.Notes);
}
