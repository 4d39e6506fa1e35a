using SreAgent.Core.Personas;
using SreAgent.Runtime.Conversations;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Conversations;

/// <summary>A conversation nobody asked a persona for begins with the one whose "when to use" the first message fits.</summary>
public sealed class RoutingTests
{
    private const string Review = "please do a production readiness review";
    private static readonly Persona Kai = InMemoryPersonas.Named("kai") with { WhenToUse = ["Production readiness reviews"] };
    private static readonly Persona Sre = InMemoryPersonas.Named("sre");

    [Fact]
    public async Task The_first_message_goes_to_whom_it_fits_and_a_notice_says_so()
    {
        var model = new ScriptedModel().ThenSay("Ready.").ThenSay("Still me.");
        using var talk = Talk(model);

        var turn = await talk.SayAsync(Review);
        await talk.SayAsync("thanks");

        Assert.Contains(turn.Events.OfType<TurnEvent.Notice>(), notice => notice.Text.StartsWith("Kai answers this one", StringComparison.Ordinal));
        Assert.StartsWith("You are kai.", model.LastOptions!.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_message_does_not_change_who_speaks()
    {
        var model = new ScriptedModel().ThenSay("Hello.").ThenSay("Ready.");
        using var talk = Talk(model);

        await talk.SayAsync("hello");
        await talk.SayAsync(Review);

        Assert.StartsWith("You are sre.", model.LastOptions!.Instructions, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_routing_is_off_the_default_answers()
    {
        var model = new ScriptedModel().ThenSay("Ready.");
        using var talk = Talk(model, ("Agent:RoutePersonas", "false"));

        await talk.SayAsync(Review);

        Assert.StartsWith("You are sre.", model.LastOptions!.Instructions, StringComparison.Ordinal);
    }

    private static ConversationDriver Talk(ScriptedModel model, params (string Key, string Value)[] settings) =>
        new(
            model, [],
            settings.Append(("Agent:DefaultPersona", "sre")).ToDictionary(setting => setting.Item1, setting => (string?)setting.Item2, StringComparer.Ordinal),
            personas: new InMemoryPersonas(Kai, Sre));
}
