using SreAgent.Core.Changes;
using SreAgent.Core.Metrics;

namespace SreAgent.Core.Tools;

/// <summary>Everything a tool can answer. Nobody returns null to mean "nothing found", and nobody throws to say it.</summary>
public abstract record ToolResult
{
    private ToolResult()
    {
    }

    /// <summary>Something was found.</summary>
    /// <param name="Data">What the model and the caller read; serialised to JSON with camel-case names.</param>
    /// <param name="Evidence">What was asked, of whom, over which window: enough for a person to ask it again.</param>
    /// <param name="Plot">What a surface that can draw may draw. Never sent to a model.</param>
    public sealed record Found(object Data, Evidence Evidence, Plot? Plot = null) : ToolResult;

    /// <summary>The question was understood and answered: there is nothing. Distinct from a failure, so that nobody invents data.</summary>
    public sealed record NoData(string Searched, IReadOnlyList<string> LikelyCauses, Evidence Evidence) : ToolResult;

    /// <summary>The question could not be answered. <paramref name="Explanation"/> says what was tried, against what, what came back and what to do.</summary>
    public sealed record Failed(string Explanation, bool Retryable) : ToolResult;

    /// <summary>The guardrail said no.</summary>
    public sealed record Denied(string Rule, string Reason) : ToolResult;

    /// <summary>The guardrail waits for a human. Nothing has been executed.</summary>
    public sealed record AwaitingApproval(ChangeRequestId Id, string Question) : ToolResult;
}
