using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Tools;

namespace SreAgent.Testing;

/// <summary>
/// Runs real tools without policy: arguments are checked, reads and writes run, changes are raised at the desk.
/// </summary>
public sealed class InMemoryToolInvoker(InMemoryApprovalDesk desk, IReadOnlyList<Tool> tools) : IToolInvoker
{
    private readonly Lock _gate = new();
    private readonly List<ToolCall> _calls = [];

    /// <summary>Every call that came in, in order.</summary>
    public IReadOnlyList<ToolCall> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public IReadOnlyList<Tool> ToolsFor(CallContext context) => [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)];

    public async Task<ToolOutcome> InvokeAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _calls.Add(call);
        }

        return await RenderedOutcome.OfAsync(call, await ResultAsync(call, context, progress, cancellationToken));
    }

    private async Task<ToolResult> ResultAsync(ToolCall call, CallContext context, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (tools.FirstOrDefault(tool => tool.Answers(call.Tool)) is not { } tool)
        {
            return new ToolResult.Failed($"There is no tool '{call.Tool}'. Close to it: {string.Join(", ", ToolCatalogue.Suggest(call.Tool, tools))}.", Retryable: false);
        }

        if (ArgumentValidator.Check(tool.InputSchema, call.Arguments) is not ArgumentCheck.Valid valid)
        {
            return new ToolResult.Failed(string.Join(' ', ((ArgumentCheck.Invalid)ArgumentValidator.Check(tool.InputSchema, call.Arguments)).Problems), Retryable: false);
        }

        if (!tool.ChangesProduction)
        {
            return await tool.Execute(valid.Arguments, new ToolRun(progress), cancellationToken);
        }

        var plan = await tool.Plan!(valid.Arguments, new ToolRun(progress), cancellationToken);
        var request = desk.Raise(
            new ChangeRequest
            {
                Id = ChangeRequestId.New(),
                State = ChangeRequestState.Pending,
                Tool = tool.Name,
                Arguments = valid.Arguments.Value,
                Scope = new CallScope("test", context.Persona.Id, context.Actor.Id),
                RequestedVia = Surface.Terminal,
                Digest = new ChangeDigest("d"),
                Plan = plan,
                PolicyVersion = "v",
                Rules = [],
                CreatedAt = DateTimeOffset.UnixEpoch,
                ExpiresAt = DateTimeOffset.UnixEpoch.AddMinutes(30),
                ConversationId = context.ConversationId,
                CallId = call.Id,
            },
            () => tool.Execute(valid.Arguments, new ToolRun(progress), CancellationToken.None));
        return new ToolResult.AwaitingApproval(request.Id, plan.Summary);
    }
}
