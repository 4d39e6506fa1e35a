using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Audit;
using SreAgent.Core.Conversations;
using SreAgent.Core.Integrations;
using SreAgent.Core.Metrics;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Skills;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Host;
using SreAgent.Host.Terminal;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;
using SreAgent.Testing;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Rehearsal;

/// <summary>The parts of one small story: an error rate, an answer in Markdown, a rollback that waits for a yes, an answer that takes long.</summary>
internal static class RehearsalServices
{
    public static ServiceProvider Build()
    {
        var clock = TimeProvider.System;
        var store = new InMemoryConversationStore();
        var desk = new RehearsedDesk(clock) { Step = TimeSpan.FromSeconds(0.7) };
        var conversations = new RehearsedConversations(clock, store);
        desk.Add(ChangeRequestBuilder.Rollback("chg-0old0waits", clock.GetUtcNow()) with { ConversationId = null });
        conversations.On("error rate", (_, token) => RehearsedConversations.Play(ErrorRate(clock), TimeSpan.FromMilliseconds(25), token));
        conversations.On("slow", (_, token) => Slow(token));
        conversations.On("roll back", (_, token) => RollBack(desk, clock, elsewhere: false, token));
        conversations.On("elsewhere", (_, token) => RollBack(desk, clock, elsewhere: true, token));
        conversations.OnResume = (_, token) => RehearsedConversations.Play(
            [new TurnEvent.TextDelta("The rollback is through: **checkout** is on release 41 and its error rate is back to normal."), RehearsedConversations.Done()], TimeSpan.FromMilliseconds(30), token);

        var record = new RehearsedRecord();
        var personas = new RehearsedPersonas();
        return new ServiceCollection()
            .AddSingleton(clock)
            .AddSingleton<IConversationStore>(store).AddSingleton<IApprovalDesk>(desk).AddSingleton<IConversationService>(conversations)
            .AddSingleton<IAuditTrail>(record).AddSingleton<IPolicySource>(record).AddSingleton<IKillSwitch>(record)
            .AddSingleton<IPersonaCatalogue>(personas).AddSingleton<ISkillCatalogue>(personas)
            .AddSingleton<IToolInvoker>(new RehearsedTools().Add("prometheus_query", Rate(clock)))
            .AddSingleton<IIntegration>(new RehearsedIntegration("Prometheus", disabledBecause: null, _ => Task.FromResult(new ProbeResult(Ok: true, "2.42.0 at http://127.0.0.1:9090"))))
            .AddSingleton(new ModelInUse("built-in", IsBuiltIn: true, "Nothing names one."))
            .Configure<TerminalOptions>(options => options.HistoryFile = Environment.GetEnvironmentVariable("REHEARSAL_HISTORY") ?? "")
            .BuildServiceProvider();
    }

    private static ToolResult.Found Rate(TimeProvider clock)
    {
        var evidence = new Evidence("prometheus", "sum by (service) (rate(http_requests_total{code=~\"5..\"}[5m]))")
        {
            Range = TimeRange.Last(TimeSpan.FromHours(1), clock.GetUtcNow()),
            Link = new Uri("http://127.0.0.1:9090/graph?g0.expr=rate"),
        };
        double[] checkout = [.. Enumerable.Range(0, 60).Select(i => i < 40 ? 0.2 + (Math.Sin(i) * 0.05) : 0.2 + ((i - 40) * 0.31))];
        double[] search = [.. Enumerable.Range(0, 60).Select(i => 1.1 + (Math.Cos(i / 5.0) * 0.4))];
        return new ToolResult.Found(
            new { series = 2 }, evidence, new Plot("errors per second by service", [new PlotLine("checkout", checkout), new PlotLine("search", search)]));
    }

    private static IEnumerable<TurnEvent> ErrorRate(TimeProvider clock)
    {
        var call = RehearsedConversations.Call("prometheus_query", new { query = "rate(errors[5m])" });
        yield return new TurnEvent.ToolStarted(call);
        yield return new TurnEvent.ToolFinished(new ToolOutcome(call, Rate(clock), "{}", TimeSpan.FromMilliseconds(412)));
        const string Answer = """
            The error rate of **checkout** has been climbing since *02:41* and is thirty times its usual value; `search` moves as it does every night. That is a deploy's shape, not a load's.

            | service  | before | now  |
            |----------|-------:|-----:|
            | checkout |   0.21 | 6.1  |
            | search   |   1.10 | 1.3  |

            What I would do:

            1. Look at release **42**, deployed at 02:40
            2. Roll it back:
            ```
            fly deploy --image registry/checkout@sha256:77ab
            ```
            3. Then read the [runbook](https://wiki/checkout)
            """;
        foreach (var piece in Answer.Chunk(7))
        {
            yield return new TurnEvent.TextDelta(new string(piece));
        }

        yield return RehearsedConversations.Done(TurnEnd.Answered, "traces: no tracing system is connected");
    }

    private static async IAsyncEnumerable<TurnEvent> Slow([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = RehearsedConversations.Call("prometheus_query", new { query = "up" });
        yield return new TurnEvent.ToolStarted(call);
        yield return new TurnEvent.ToolProgressed(call.Id, "reading 40 MB");
        await Task.Delay(TimeSpan.FromMinutes(2), cancellationToken);
        yield return RehearsedConversations.Done();
    }

    private static async IAsyncEnumerable<TurnEvent> RollBack(RehearsedDesk desk, TimeProvider clock, bool elsewhere, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = ChangeRequestBuilder.Rollback(elsewhere ? "chg-e15ewhere0" : "chg-7k2m9qx4ht", clock.GetUtcNow());
        desk.Add(request);
        yield return new TurnEvent.TextDelta("I have asked for the rollback.\n");
        yield return new TurnEvent.ApprovalNeeded("call-1", request);
        yield return RehearsedConversations.Done(TurnEnd.AwaitingApproval) with { PendingChanges = [request.Id] };
        if (elsewhere)
        {
            _ = Task.Run(
                async () =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(4), clock, CancellationToken.None);
                    await desk.ApproveAsync(request.Id, new Core.Actors.Actor("slack:U02BOB", Core.Actors.Surface.Slack, IsHuman: true), overrideDenial: false, CancellationToken.None);
                    await desk.ExecuteAsync(request.Id, new Progress<string>(), CancellationToken.None);
                },
                cancellationToken);
        }
    }
}
