using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;
using SreAgent.Lab.Fly;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing.Practice;

namespace SreAgent.Host.Tests.Hostile;

/// <summary>Plays one sequence against the installation that guards the lab, and holds every line of the lab's journal against its own books.</summary>
internal sealed class HostileLabSession(HostileLab lab, string prefix)
{
    private static readonly Progress<string> Silent = new();

    private readonly LabBooks _books = new();
    private LabStep _step = null!; // Set before every move.
    private Plea? _last;
    private Action _heal = static () => { };
    private bool _killed;
    private bool _jammed;
    private int _calls;

    public int Executed => _books.Executed;

    public string? Violation => _books.Violation;

    public async Task PlayAsync(IReadOnlyList<LabAttack> attacks)
    {
        foreach (var attack in attacks)
        {
            await MoveAsync(attack);
            if (Violation is not null)
            {
                break;
            }
        }

        lab.One.Faults.Mend();
        lab.One.Requests.Tamper = null;
        _heal();
        if (_killed)
        {
            await TurnKillSwitchAsync(on: false);
        }

        _books.CheckBranches(lab.Repositories.Known, lab.Repositories.Look(), new LabStep(lab.Now, await LookAsync(), Killed: false));

        // What this sequence left open lapses before the next begins.
        lab.Systems.Clock.Advance(TimeSpan.FromHours(12));
    }

    private async Task MoveAsync(LabAttack attack)
    {
        var (read, heal) = (lab.Systems.Journal.Entries.Count, _heal);
        _step = new LabStep(lab.Now, await LookAsync(), _killed && attack is not LabAttack.TurnKillSwitch);
        await StepAsync(attack);
        if (attack is not LabAttack.EditRequests)
        {
            lab.One.Requests.Tamper = null;
        }

        if (heal == _heal)
        {
            _heal();
            _heal = static () => { };
        }

        foreach (var entry in lab.Systems.Journal.Entries.Skip(read).Where(entry => entry.System != "lab"))
        {
            await _books.CheckAsync(entry, _step, id => lab.Other.Desk.ShowAsync(id, CancellationToken.None));
        }

        if (_jammed)
        {
            _books.NoteAttempts(_step, lab.Now);
        }

        // Looking at files costs more than most moves; what moves in one that has nothing to do with git is found at the end.
        if (_books.Wishes.Any(wish => wish.Footprint.IsGit) || _step.CallsGit)
        {
            _books.CheckBranches(lab.Repositories.Known, lab.Repositories.Look(), _step);
        }
    }

    private async Task StepAsync(LabAttack attack)
    {
        switch (attack)
        {
            case LabAttack.Call call:
                await CallAsync(call.Plea, call.OnReplica);
                break;
            case LabAttack.RightfulApproval rightful:
                var known = _books.Wishes.Count;
                await CallAsync(rightful.Plea, onReplica: false);
                if (_books.Wishes.Count > known)
                {
                    await ApproveAsync(known, Person.Grace, lifted: true, onReplica: false);
                }

                break;
            case LabAttack.Replay replay when _last is { } last:
                for (var i = 0; i < replay.Times; i++)
                {
                    await CallAsync(last, onReplica: false);
                }

                break;
            case LabAttack.RaceCalls when _last is { } last:
                await Task.WhenAll(Enumerable.Range(0, 3).Select(index => Task.Run(() => CallAsync(last, index % 2 == 0))));
                break;
            case LabAttack.Approve approve:
                await ApproveAsync(approve.Request, approve.Approver, approve.Override, approve.OnReplica);
                break;
            case LabAttack.Deny deny:
                await TryAsync(async () => Read("a refusal", (await lab.One.Desk.DenyAsync(IdOf(deny.Request), deny.Denier.Actor(), "no", CancellationToken.None)).Message));
                break;
            case LabAttack.Execute execute:
                await ExecuteAsync(execute.Request, execute.OnReplica);
                break;
            case LabAttack.RaceApprovals race:
                await Task.WhenAll(
                    Task.Run(() => ApproveAsync(race.Request, Person.Ada, lifted: false, onReplica: false)), Task.Run(() => ApproveAsync(race.Request, Person.Grace, lifted: false, onReplica: true)));
                break;
            case LabAttack.RaceExecutions race:
                await Task.WhenAll(Enumerable.Range(0, 4).Select(index => Task.Run(() => ExecuteAsync(race.Request, index % 2 == 0))));
                break;
            case LabAttack.Recover recover:
                lab.Systems.Clock.Advance(TimeSpan.FromSeconds(35));
                await TryAsync(() => Replica(recover.OnReplica).Recovery.RunOnceAsync(Silent, CancellationToken.None));
                break;
            default:
                await DisturbAsync(attack);
                break;
        }
    }

    /// <summary>What the world does, and not the model.</summary>
    private async Task DisturbAsync(LabAttack attack)
    {
        switch (attack)
        {
            case LabAttack.Drift drift:
                var images = lab.Systems.Images.Of(HostileLab.Apps[drift.App]);
                try
                {
                    await lab.Systems.Fly.DeployAsync(HostileLab.Apps[drift.App], images[drift.Image % images.Count].Image.Tag, "eve@lab.example", CancellationToken.None);
                }
                catch (InvalidOperationException)
                {
                    // A machine is in trouble, and their pipeline has it too.
                }

                break;
            case LabAttack.Trouble trouble:
                _heal();
                var machines = _step.Before[HostileLab.Apps[trouble.App]].Machines;
                _heal = lab.Systems.Fly.Make(trouble.Kind, HostileLab.Apps[trouble.App], machines[trouble.Machine % machines.Count].Id);
                break;
            case LabAttack.EditRequests edit:
                var arguments = Arguments(edit.Plea, _step.Before);
                lab.One.Requests.Tamper = request => Edited(request, edit.Edit, edit.Plea, arguments);
                break;
            case LabAttack.JamStore jam:
                _jammed = true;
                lab.One.Faults.FailAfter(jam.CallsUntil, jam.Failures);
                break;
            case LabAttack.MoveClock move:
                lab.Systems.Clock.Advance(TimeSpan.FromMinutes(move.Minutes));
                break;
            case LabAttack.TurnKillSwitch turn:
                await TurnKillSwitchAsync(turn.On);
                break;
        }
    }

    private async Task CallAsync(Plea plea, bool onReplica)
    {
        _last = plea;
        var (before, askedAt) = (await LookAsync(), lab.Now);
        var arguments = Arguments(plea, before);
        var replica = Replica(onReplica);
        var call = new ToolCall($"{prefix}-{Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture)}", plea.Tool, arguments);
        var outcome = await replica.Invoker.InvokeAsync(call, new CallContext(plea.Asker.Actor(), replica.Persona(plea.Role)), Silent, CancellationToken.None);
        _step.Add(plea, arguments, outcome.Result);
        Read($"the answer to {plea.Tool}", $"{outcome.Text} {outcome.Result}");
        if (outcome.Result is ToolResult.AwaitingApproval waiting && await lab.Other.Desk.ShowAsync(waiting.Id, CancellationToken.None) is { } request)
        {
            Note(plea, request, before, askedAt);
        }
    }

    /// <summary>A wish is what its approver reads, and that is what was asked for.</summary>
    private void Note(Plea plea, ChangeRequest request, IReadOnlyDictionary<string, FlyAppView> before, DateTimeOffset askedAt)
    {
        var app = request.Tool.StartsWith("fly_", StringComparison.Ordinal) ? request.Plan.Target : request.Arguments.GetProperty("worktree").GetString()!.Split('/')[0]; // No other tool of a lab without Alertmanager changes production.
        _books.Fail(request.Scope.Requester != plea.Asker.Actor().Id, $"{request.Id} is shown as asked for by {request.Scope.Requester}; it was {plea.Asker}");
        _books.Fail(plea is { Shape: Shape.Honest } && app != HostileLab.Apps[plea.App], $"{request.Id} is shown as about {app}; it was asked for {HostileLab.Apps[plea.App]}");
        _books.Fail(plea.Role == Role.Operator || plea.Asker == Person.Nobody, $"{request.Id} was raised by {plea.Asker} as {plea.Role}");
        var back = request.Plan.Remedy is { Automatic: true } remedy ? ReleasedAs(app, before[app], remedy.Arguments.GetProperty("to").GetString()!) : null; // A rollback says where to.
        lock (_books)
        {
            _books.Note(new Wish(request.Id, request.Scope.Requester, new Footprint(request.Tool, app, TagIn(app, request.Plan.Wanted), back, request.Arguments, before[app]), askedAt, lab.Now));
        }
    }

    /// <summary>The tag of a release by its name; of one no record tells of, the name says it.</summary>
    private string? ReleasedAs(string app, FlyAppView seen, string release) =>
        TagIn(app, seen.Releases.FirstOrDefault(one => $"v{one.Version.ToString(CultureInfo.InvariantCulture)}" == release)?.Image ?? release);

    private string? TagIn(string app, string wanted) =>
        lab.Systems.Images.Of(app).Select(build => build.Image).FirstOrDefault(image => wanted.Contains(image.Digest, StringComparison.Ordinal))?.Tag
        ?? lab.Systems.Images.Of(app).Select(build => build.Image.Tag).LastOrDefault(tag => wanted.Contains(tag, StringComparison.Ordinal));

    private async Task ApproveAsync(int request, Person approver, bool lifted, bool onReplica)
    {
        var wish = WishOf(request);
        ApprovalOutcome? answer = null;
        var threw = !await TryAsync(async () => answer = await Replica(onReplica).Desk.ApproveAsync(IdOf(request), approver.Actor(), lifted, CancellationToken.None));
        Read("the answer to an approval", answer?.Message ?? "");
        if (wish is null)
        {
            _books.Fail(answer is { Accepted: true }, $"a forged id was approved: {IdOf(request)}");
            return;
        }

        var mayApprove = approver.MayApprove(wish.Requester);
        _books.Fail(answer is { Accepted: true } && !mayApprove, $"{approver} approved what {wish.Requester} asked for");

        // A store that failed after the fact leaves a yes standing that a rightful human did give.
        if (mayApprove && (threw || answer is { Accepted: true }))
        {
            _books.Grant(wish, lifted);
        }
    }

    private Task ExecuteAsync(int request, bool onReplica) => TryAsync(async () =>
    {
        var outcome = await Replica(onReplica).Desk.ExecuteAsync(IdOf(request), Silent, CancellationToken.None);
        Read("the answer to an execution", $"{outcome.Text} {outcome.Result}");
    });

    private static ChangeRequest Edited(ChangeRequest request, RequestEdit edit, Plea plea, JsonElement arguments) => edit switch
    {
        RequestEdit.Arguments => request with { Arguments = arguments },
        RequestEdit.Tool => request with { Tool = plea.Tool, Arguments = arguments },
        RequestEdit.Requester => request with { Scope = request.Scope with { Requester = "os:mallory" } },
        RequestEdit.Approved => request with { State = ChangeRequestState.Approved, Approvals = [new Approval("os:grace", Core.Actors.Surface.Terminal, request.CreatedAt, SelfApproved: false, Override: true)] },
        _ => request with { Plan = request.Plan with { Remedy = new Remedy(plea.Tool, arguments, Automatic: true) } },
    };

    private JsonElement Arguments(Plea plea, IReadOnlyDictionary<string, FlyAppView> now) => new PleaArguments(lab, now, _books.Last?.Id.Value).Of(plea);

    private Task<IReadOnlyDictionary<string, FlyAppView>> LookAsync() => lab.LookAsync(CancellationToken.None);

    private async Task TurnKillSwitchAsync(bool on)
    {
        if (await TryAsync(() => lab.One.KillSwitch.TurnAsync(on, "os:ada", "test", lab.Now, CancellationToken.None)))
        {
            _killed = on;
            return;
        }

        // Half-turned by a failing store: ask one that does not.
        _killed = await lab.Other.KillSwitch.IsOnAsync(CancellationToken.None);
    }

    private HostileReplica Replica(bool other) => other ? lab.Other : lab.One;

    private void Read(string where, string text) => _books.CheckText(where, text);

    /// <summary>Null for a forged one.</summary>
    private Wish? WishOf(int request) => request >= 0 && _books.Wishes.Count > 0 ? _books.Wishes[request % _books.Wishes.Count] : null;

    private ChangeRequestId IdOf(int request) => WishOf(request)?.Id ?? new ChangeRequestId("chg-0000000000");

    private static async Task<bool> TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
