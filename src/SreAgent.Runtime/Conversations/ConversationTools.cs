using System.ComponentModel;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

/// <summary>What the host can tell about itself and its own conversations.</summary>
/// <param name="desk">Asked for only when used: the desk itself is built over all tools, these included.</param>
internal sealed class ConversationTools(IResultStore results, Func<IApprovalDesk> desk, IPersonaCatalogue personas) : IToolset
{
    private const int PageSize = 8_000;

    public string Name => "host";

    public string? Environment => null;

    [SreTool("host_read_result", ToolEffect.Read)]
    [Description("Pages through a result that was too large to show, by its handle (res-…). Ask a narrower question instead where you can.")]
    public async Task<ToolResult> ReadResultAsync(
        [Description("Handle such as res-4q7d")] string handle,
        [Description("Character to begin at; the answer gives the next one")] int offset = 0,
        CancellationToken cancellationToken = default)
    {
        var kept = await results.FindAsync(handle.Trim(), cancellationToken);
        if (kept is null)
        {
            return new ToolResult.NoData($"no kept result has the handle '{handle}'", ["the handle is mistyped", "its conversation was deleted"], new Evidence("host", handle));
        }

        if (offset < 0 || (offset > 0 && offset >= kept.Text.Length))
        {
            return new ToolResult.Failed($"{handle} has {kept.Text.Length} characters; offset must be from 0 to {Math.Max(kept.Text.Length - 1, 0)}.", Retryable: false);
        }

        var end = Math.Min(offset + PageSize, kept.Text.Length);
        var evidence = new Evidence("host", kept.Handle) { Notes = end < kept.Text.Length ? [$"More exists: go on at offset {end}."] : [] };
        return new ToolResult.Found(
            new { kept.Handle, kept.Tool, keptAt = kept.At, totalCharacters = kept.Text.Length, offset, nextOffset = end < kept.Text.Length ? end : (int?)null, text = kept.Text[offset..end] },
            evidence);
    }

    [SreTool("host_show_change", ToolEffect.Read)]
    [Description("Shows a ChangeRequest: what it would do, its state, who decided, what became of it. Nothing here approves one; humans do that elsewhere.")]
    public async Task<ToolResult> ShowChangeAsync(
        [Description("Id such as chg-7k2m9qx4ht")] string id,
        CancellationToken cancellationToken)
    {
        var request = await desk().ShowAsync(new ChangeRequestId(id.Trim()), cancellationToken);
        return request is null
            ? new ToolResult.NoData($"no ChangeRequest has the id '{id}'", ["the id is mistyped"], new Evidence("host", id))
            : new ToolResult.Found(Shown(request), new Evidence("host", request.Id.Value));
    }

    [SreTool("host_list_personas", ToolEffect.Read, OpenWorld = false)]
    [Description("Lists the personas this host can speak as and when each is the right one. With a name, shows that one in full.")]
    public Task<ToolResult> ListPersonasAsync(
        [Description("Id or name of one persona")] string? persona = null,
        CancellationToken cancellationToken = default)
    {
        var evidence = new Evidence("host", persona ?? "personas");
        if (string.IsNullOrWhiteSpace(persona))
        {
            return Task.FromResult<ToolResult>(new ToolResult.Found(
                personas.All.Select(one => new { one.Id, one.Name, one.Description, one.WhenToUse, Modes = one.Modes.Select(mode => mode.Name) }).ToArray(), evidence));
        }

        return Task.FromResult<ToolResult>(personas.Find(persona) is { } found
            ? new ToolResult.Found(Shown(found), evidence)
            : new ToolResult.NoData($"no persona is called '{persona}'", [$"there are: {string.Join(", ", personas.All.Select(one => one.Id))}"], evidence));
    }

    private static object Shown(Persona one) => new
    {
        one.Id,
        one.Name,
        one.Description,
        one.WhenToUse,
        one.WhenNotToUse,
        Handovers = one.Handovers.Select(handover => $"{handover.To}: {handover.For}"),
        MustAnswer = one.MustAnswer.Select(question => new { question.Id, question.Question }),
        one.Priorities,
        one.FailureModes,
        Modes = one.Modes.Select(mode => new { mode.Name, mode.Description }),
        one.Skills,
        one.ToolGrants,
        RecommendedMcpServers = one.RecommendedMcpServers.Select(server => $"{server.Server}: {server.Purpose}"),
    };

    private static object Shown(ChangeRequest request) => new
    {
        id = request.Id.Value,
        state = request.State.ToString().ToLowerInvariant(),
        request.Tool,
        request.Arguments,
        request.Scope.Environment,
        request.Scope.Requester,
        request.Plan.Summary,
        request.Plan.Target,
        request.Plan.Current,
        request.Plan.Wanted,
        request.Plan.BlastRadius,
        request.Plan.Undo,
        Preflight = request.Plan.Preflight.Select(check => new { check.Name, check.Passed, check.Detail }),
        Approvals = request.Approvals.Select(approval => new { approval.Approver, via = approval.Via.ToString().ToLowerInvariant(), approval.At }),
        request.CreatedAt,
        request.ExpiresAt,
        request.Outcome,
    };
}
