using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Changes;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Host.Commands;
using SreAgent.Host.Commands.Changes;
using SreAgent.Host.Commands.Tools;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Terminal.Editing;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>What can be typed in a chat besides questions.</summary>
internal sealed class SlashCommands
{
    private readonly ChatSession _session;
    private readonly IServiceProvider _services;
    private readonly IApprovalDesk _desk;
    private readonly IConversationService _conversations;
    private readonly SlashCommand[] _all;

    public SlashCommands(ChatSession session, IServiceProvider services)
    {
        _session = session;
        _services = services;
        _desk = services.GetRequiredService<IApprovalDesk>();
        _conversations = services.GetRequiredService<IConversationService>();
        _all =
        [
            new("/help", "", "this list", (_, _) => HelpAsync()),
            new("/persona", "[ID]", "who can answer, or let another one", PersonaAsync),
            new("/tools", "", "what it can look at and do", (_, _) => ToolsAsync()),
            new("/changes", "[ID]", "what waits for a yes, or everything about one", ChangesAsync),
            new("/approve", "[ID] [--override]", "read the plan, type a phrase from it, have it carried out", ApproveAsync),
            new("/deny", "[ID] REASON", "say no; the reason goes back to whoever asked", DenyAsync),
            new("/context", "", "what the next turn would send, in tokens", (_, token) => ContextAsync(token)),
            new("/clear", "", "forget everything said in this conversation", (_, token) => ClearAsync(token)),
            new("/quit", "", "end the session; the conversation is kept", (_, _) => Task.CompletedTask),
        ];
    }

    /// <returns>False when the session ends.</returns>
    public async Task<bool> RunAsync(string line, CancellationToken cancellationToken)
    {
        var (name, arguments) = Split(line);
        if (name is "/quit" or "/exit")
        {
            return false;
        }

        if (_all.FirstOrDefault(command => command.Name == name) is not { } command)
        {
            _session.Say($"There is no {SafeText.Line(name, 40)}.{Closest.Hint(name, _all.Select(known => known.Name))}");
            return true;
        }

        try
        {
            await command.Run(arguments, cancellationToken);
        }
        catch (Exception exception) when (exception is UsageException or ToolException)
        {
            _session.Say(SafeText.Lines(exception.Message));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _session.Say($"That did not work: {SafeText.Line(exception.Message)}");
        }

        return true;
    }

    /// <summary>What Tab offers: commands, then ids behind those that take one.</summary>
    public Completion Complete(string before)
    {
        var space = before.LastIndexOf(' ');
        if (!before.StartsWith('/'))
        {
            return Completion.None;
        }

        var words = space < 0 ? _all.Select(command => command.Name)
            : Split(before).Name switch
            {
                "/persona" => _services.GetService<IPersonaCatalogue>()?.All.Select(persona => persona.Id) ?? [],
                "/approve" or "/deny" or "/changes" => _session.Waiting.Select(id => id.Value),
                _ => [],
            };
        return new Completion(space + 1, [.. words.Where(word => word.StartsWith(before[(space + 1)..], StringComparison.OrdinalIgnoreCase))]);
    }

    private Task HelpAsync()
    {
        foreach (var command in _all)
        {
            _session.Say($"  {_session.Ink.Bold(CellWidth.Pad($"{command.Name} {command.Usage}", 30))}{command.Help}");
        }

        _session.Say(_session.Ink.Dim("  Ctrl+C stops an answer · Ctrl+D quits · Ctrl+R looks back · \\ at the end goes on"));
        return Task.CompletedTask;
    }

    private async Task PersonaAsync(string id, CancellationToken cancellationToken)
    {
        var personas = _services.GetRequiredService<IPersonaCatalogue>();
        if (id.Length == 0)
        {
            foreach (var persona in personas.All)
            {
                var mark = persona.Id == _session.Conversation.Persona ? "▸ " : "  ";
                _session.Say(mark + _session.Ink.Bold(CellWidth.Pad(SafeText.Line(persona.Id), 20)) + SafeText.Line(persona.Description, Math.Max(20, _session.Terminal.Width - 24)));
            }

            return;
        }

        var wanted = CommonOptions.Resolve(personas, id);
        _session.Conversation = await _conversations.SwitchPersonaAsync(_session.Conversation.Id, wanted.Id, cancellationToken);
        _session.Say($"{SafeText.Line(wanted.Name)} answers from here on.");
    }

    private Task ToolsAsync()
    {
        var persona = CommonOptions.Resolve(_services.GetRequiredService<IPersonaCatalogue>(), _session.Conversation.Persona);
        var tools = _services.GetRequiredService<IToolInvoker>().ToolsFor(new CallContext(_session.Actor, persona));
        foreach (var tool in tools)
        {
            var look = tool.Effect >= ToolEffect.Change ? Look.Yellow : Look.Dim;
            var room = Math.Max(20, _session.Terminal.Width - 48);
            _session.Say($"  {CellWidth.Pad(tool.Name, 34)}{_session.Ink.On(CellWidth.Pad(tool.Effect.ToString().ToLowerInvariant(), 12), look)}{SafeText.Line(tool.Description, room)}");
        }

        _session.Say(_session.Ink.Dim($"  {tools.Count} tools, about {tools.Sum(tool => ToolDocument.Of(tool).Tokens):N0} tokens. Changes always wait for a yes."));
        return Task.CompletedTask;
    }

    private async Task ChangesAsync(string id, CancellationToken cancellationToken)
    {
        if (id.Length > 0)
        {
            var request = await ShowChange.FindAsync(_desk, id, cancellationToken);
            foreach (var line in ShowChange.Lines(request, await _desk.StepsAsync(request.Id, cancellationToken), _session.Clock.GetUtcNow(), _session.Terminal.Width - 1, _session.Ink))
            {
                _session.Say(line);
            }

            return;
        }

        var requests = await OpenAsync(cancellationToken);
        _session.Say(requests.Count == 0 ? "Nothing waits for an approval." : $"{requests.Count} open:");
        foreach (var request in requests)
        {
            _session.Say($"  {_session.Ink.Bold(SafeText.Line(request.Id.Value))}  {ChangeWords.Of(request.State)}  {SafeText.Line(request.Scope.Environment)}  {SafeText.Line(request.Plan.Summary, Math.Max(20, _session.Terminal.Width - 46))}");
        }
    }

    private async Task ApproveAsync(string arguments, CancellationToken cancellationToken)
    {
        var words = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var overrideDenial = words.Contains("--override", StringComparer.Ordinal);
        var request = await ChooseAsync(words.FirstOrDefault(word => !word.StartsWith("--", StringComparison.Ordinal)), cancellationToken);
        var flow = new ApprovalFlow(_desk, _session.Terminal, _session.Ink, _session.Clock);
        var end = await flow.RunAsync(request, _session.Actor, overrideDenial, cancellationToken);
        _session.Say("");
        if (end.State is not (ChangeRequestState.Pending or ChangeRequestState.Executing) && request.ConversationId == _session.Conversation.Id)
        {
            _session.Told(request);
            await _session.GoOnAsync(cancellationToken);
        }
    }

    private async Task DenyAsync(string arguments, CancellationToken cancellationToken)
    {
        var (first, rest) = Split(arguments);
        var named = first.StartsWith("chg-", StringComparison.Ordinal);
        var request = await ChooseAsync(named ? first : null, cancellationToken);
        var outcome = await _desk.DenyAsync(request.Id, _session.Actor, named ? rest : arguments, cancellationToken);
        _session.Say(SafeText.Line(outcome.Message));
        if (outcome.Accepted && request.ConversationId == _session.Conversation.Id)
        {
            _session.Told(request);
            await _session.GoOnAsync(cancellationToken);
        }
    }

    private async Task ContextAsync(CancellationToken cancellationToken)
    {
        var report = await _conversations.ContextAsync(_session.Conversation.Id, cancellationToken);
        foreach (var part in report.Parts)
        {
            _session.Say($"  {part.Tokens,9:N0}  {SafeText.Line(part.Name, 60)}");
        }

        _session.Say($"  {report.Total,9:N0}  of {report.Limit:N0} tokens");
    }

    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        await _conversations.ClearAsync(_session.Conversation.Id, cancellationToken);
        _session.Say("Forgotten. The conversation keeps its id and persona.");
    }

    /// <summary>The one named, or the only one that is open.</summary>
    private async Task<ChangeRequest> ChooseAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is not null)
        {
            return await ShowChange.FindAsync(_desk, id, cancellationToken);
        }

        return await OpenAsync(cancellationToken) switch
        {
            [] => throw new UsageException("Nothing waits for an approval."),
            [var only] => only,
            var several => throw new UsageException($"Several wait; say which: {string.Join(", ", several.Select(request => request.Id.Value))}"),
        };
    }

    private Task<IReadOnlyList<ChangeRequest>> OpenAsync(CancellationToken cancellationToken) =>
        _desk.ListAsync(new ChangeRequestQuery([ChangeRequestState.Pending, ChangeRequestState.Approved]), cancellationToken);

    private static (string Name, string Arguments) Split(string line)
    {
        var trimmed = line.Trim();
        var space = trimmed.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (trimmed, "") : (trimmed[..space], trimmed[(space + 1)..].Trim());
    }

    private sealed record SlashCommand(string Name, string Usage, string Help, Func<string, CancellationToken, Task> Run);
}
