using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Integrations;
using SreAgent.Core.Personas;
using SreAgent.Core.Redaction;
using SreAgent.Host.Commands;
using SreAgent.Host.Composition;
using SreAgent.Host.Terminal.Approvals;
using SreAgent.Host.Terminal.Editing;
using SreAgent.Host.Text;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>A person at a terminal, talking. One thing writes to the screen at a time: the line being typed, or the turn that runs.</summary>
internal sealed class ChatSession
{
    private const string Prompt = "› ";

    private readonly IConversationService _conversations;
    private readonly IConversationStore _store;
    private readonly IApprovalDesk _desk;
    private readonly IServiceProvider _services;
    private readonly InputHistory _history;
    private readonly LineReader _reader;
    private readonly TurnRunner _runner;
    private readonly PendingWatch _watch;
    private readonly SlashCommands _commands;
    private readonly BackgroundNotes _notes = new();

    public ChatSession(IConsoleIo console, ITerminal terminal, IConversationService conversations, IConversationStore store, IApprovalDesk desk, IServiceProvider services)
    {
        _conversations = conversations;
        _store = store;
        _desk = desk;
        _services = services;
        Terminal = terminal;
        Ink = new Ink(console.Colour);
        Clock = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var options = services.GetService<IOptions<TerminalOptions>>()?.Value ?? new TerminalOptions();
        _history = new InputHistory(
            options.HistoryFile.Length == 0 ? null : options.HistoryFile, services.GetService<Redactor>() ?? Redactor.WithoutConfiguredValues, options.HistoryLength);
        _commands = new SlashCommands(this, services);
        _reader = new LineReader(terminal, Ink, _commands.Complete);
        _runner = new TurnRunner(terminal, Ink, Clock, _reader);
        _watch = new PendingWatch(desk, Clock);
    }

    public ITerminal Terminal { get; }

    public Ink Ink { get; }

    public TimeProvider Clock { get; }

    public Actor Actor { get; } = OperatingSystemActor.Current(Surface.Terminal);

    public IReadOnlyList<ChangeRequestId> Waiting => _watch.Waiting;

    /// <summary>Set before the first line is read.</summary>
    public Conversation Conversation { get; set; } = null!; // assigned by RunAsync before anything reads it

    public async Task<int> RunAsync(ChatStart start, CancellationToken cancellationToken)
    {
        Conversation = await new ChatOpening(_conversations, _store).OpenAsync(start, Actor, cancellationToken);
        using var keys = Terminal.TakeKeys();
        await using var recovery = BackgroundRecovery.Start(_services, _notes);
        await OpenAsync(start, cancellationToken);
        while (await ReadAsync(cancellationToken))
        {
        }

        Say(Ink.Dim($"Conversation {Conversation.Id}. Go on with: sre-agent chat --resume {Conversation.Id}"));
        return ExitStatus.Fine;
    }

    public void Say(string line) => Terminal.Write(line + "\n");

    public Task GoOnAsync(CancellationToken cancellationToken) =>
        TurnAsync(token => _conversations.ResumeAsync(Conversation.Id, Actor, token), cancellationToken);

    /// <summary>What a person decided here need not be noticed again as decided elsewhere.</summary>
    public void Told(ChangeRequest request) => _watch.Told([request]);

    private async Task OpenAsync(ChatStart start, CancellationToken cancellationToken)
    {
        var pending = await _desk.ListAsync(new ChangeRequestQuery([ChangeRequestState.Pending]), cancellationToken);
        var persona = _services.GetService<IPersonaCatalogue>()?.Find(Conversation.Persona);
        foreach (var line in Banner.Lines(persona, Conversation, _services.GetService<ModelInUse>(), _services.GetService<LabSession>() is not null, [.. _services.GetServices<IIntegration>()], pending, Terminal.Width - 1, Ink))
        {
            Say(line);
        }

        if (start.Resume)
        {
            Say("");
            foreach (var line in PastMessages.Lines(await _store.MessagesAsync(Conversation.Id, cancellationToken), Terminal.Width - 1, Ink))
            {
                Say(line);
            }

            await GoOnAsync(cancellationToken);
        }

        Say("");
    }

    /// <summary>One line, or one decision made elsewhere. False at the end of the session.</summary>
    private async Task<bool> ReadAsync(CancellationToken cancellationToken)
    {
        using var wake = new CancellationTokenSource();
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watching = WatchAsync(wake, idle.Token);
        var read = await _reader.ReadAsync(Prompt, _history.Entries, wake.Token, cancellationToken);
        await idle.CancelAsync();
        var decided = await watching;
        switch (read)
        {
            case LineRead.EndOfInput:
                return false;
            case LineRead.Interrupted { WasEmpty: true }:
                Say(Ink.Dim("Ctrl+D or /quit ends the session."));
                return true;
            case LineRead.Woken:
                SayNotes();
                await NoticeAsync(decided, cancellationToken);
                return true;
            case LineRead.Submitted submitted when !string.IsNullOrWhiteSpace(submitted.Text):
                _history.Add(submitted.Text);
                return await TakeAsync(submitted.Text, cancellationToken);
            default:
                return true;
        }
    }

    private async Task<IReadOnlyList<ChangeRequest>> WatchAsync(CancellationTokenSource wake, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var deciding = _watch.Waiting.Count > 0 ? _watch.DecidedAsync(either.Token) : Never(either.Token);
        var noting = _notes.AnyAsync(either.Token);
        await Task.WhenAny(deciding, noting);
        await either.CancelAsync();
        try
        {
            await Task.WhenAll(noting, deciding);
        }
        catch (OperationCanceledException)
        {
            // Whichever came second, or both when the line was typed first.
        }

        if (!cancellationToken.IsCancellationRequested)
        {
            await wake.CancelAsync();
        }

        return deciding.IsCompletedSuccessfully ? await deciding : [];
    }

    private static async Task<IReadOnlyList<ChangeRequest>> Never(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return [];
    }

    private void SayNotes()
    {
        foreach (var note in _notes.Take())
        {
            Say(Ink.On("· ", Look.Yellow) + SafeText.Line(note));
        }
    }

    private async Task NoticeAsync(IReadOnlyList<ChangeRequest> decided, CancellationToken cancellationToken)
    {
        if (decided.Count == 0)
        {
            return;
        }

        foreach (var request in decided)
        {
            var by = request.Approvals.Count > 0 ? $" (approved by {string.Join(", ", request.Approvals.Select(approval => approval.Approver))})" : "";
            Say(Ink.On("· ", Look.Yellow) + SafeText.Line($"{request.Id}{by}: {ChangeWords.Sentence(request.State)}"));
        }

        _watch.Told(decided);
        Say("");
        await GoOnAsync(cancellationToken);
    }

    private async Task<bool> TakeAsync(string text, CancellationToken cancellationToken)
    {
        if (text.StartsWith('/'))
        {
            return await _commands.RunAsync(text, cancellationToken);
        }

        Say("");
        await TurnAsync(token => _conversations.HandleAsync(new InboundMessage(Conversation.Id, Actor, text), token), cancellationToken);
        return true;
    }

    private async Task TurnAsync(Func<CancellationToken, IAsyncEnumerable<TurnEvent>> turn, CancellationToken cancellationToken)
    {
        var record = await _runner.RunAsync(turn, cancellationToken);
        // A first message may have been given to another persona.
        Conversation = await _store.FindAsync(Conversation.Id, cancellationToken) ?? Conversation;
        if (record.Finished.Usage.Model.Length > 0)
        {
            _watch.WaitFor(record.Finished.PendingChanges);
        }

        if (!record.IsEmpty)
        {
            Say("");
        }
    }
}
