using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Integrations;
using SreAgent.Core.Personas;
using SreAgent.Host.Commands.Lab;
using SreAgent.Host.Text;

namespace SreAgent.Host.Terminal.Chat;

/// <summary>What a person should know before the first question: who answers, with what model, what is connected, what waits.</summary>
internal static class Banner
{
    public static IEnumerable<string> Lines(
        Persona? persona, Conversation conversation, ModelInUse? model, bool inPracticeWorld, IReadOnlyList<IIntegration> integrations, IReadOnlyList<ChangeRequest> pending, int width, Ink ink)
    {
        var name = persona is null ? conversation.Persona : $"{persona.Name} ({persona.Id})";
        var answers = model is null ? "" : model.IsBuiltIn ? "the built-in responder, no model is configured" : $"model {model.Name}";
        yield return ink.On("sre-agent", Look.Bold | Look.Cyan) + "  " + ink.Bold(SafeText.Line(name, 60)) + (answers.Length > 0 ? $" · {SafeText.Line(answers, 80)}" : "");
        var connected = integrations.Where(integration => integration.DisabledBecause is null).Select(integration => integration.Name).ToArray();
        yield return connected.Length > 0
            ? ink.Dim(SafeText.Line($"connected: {string.Join(", ", connected)}", width))
            : ink.On("Nothing is connected yet; 'sre-agent doctor' says what is missing.", Look.Yellow);
        if (pending.Count > 0)
        {
            yield return ink.On(SafeText.Line($"{pending.Count} {(pending.Count == 1 ? "change waits" : "changes wait")} for a yes; /changes lists them.", width), Look.Yellow);
        }

        if (inPracticeWorld)
        {
            yield return SafeText.Line($"This is the practice world: nothing real is touched. Try: {string.Join(" · ", LabInvitation.Lines)}");
        }

        yield return ink.Dim("/help says what else can be typed.");
    }
}
