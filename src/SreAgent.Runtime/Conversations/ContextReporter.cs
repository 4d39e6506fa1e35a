using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using SreAgent.Core.Actors;
using SreAgent.Runtime.Chat;
using SreAgent.Runtime.Guardrail;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Runtime.Conversations;

/// <summary>Says what the next request to the model would cost, by part.</summary>
internal sealed class ContextReporter(IToolInvoker invoker, ISystemPrompt prompt, ChatModel model, IOptions<AgentOptions> options)
{
    public ContextReport Report(Transcript transcript, ChosenPersona chosen, string owner)
    {
        // Which tools are listed depends on the persona; who asks only decides what may run.
        var context = new CallContext(new Actor(owner, Surface.Terminal, IsHuman: true), chosen.Persona) { ConversationId = transcript.ConversationId };
        var messages = Projection.Of(transcript.Entries, model.Name);
        var toolOf = messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToDictionary(call => call.CallId, call => call.Name, StringComparer.Ordinal);
        var results = messages.Where(message => message.Role == ChatRole.Tool)
            .SelectMany(message => message.Contents.OfType<FunctionResultContent>())
            .GroupBy(result => toolOf[result.CallId], StringComparer.Ordinal)
            .Select(group => new ContextPart($"results of {group.Key}", group.Sum(result => TokenEstimate.Of(result.Result?.ToString() ?? ""))))
            .OrderByDescending(part => part.Tokens);
        return new ContextReport(
        [
            new ContextPart("instructions", TokenEstimate.Of(prompt.For(chosen.Persona, chosen.Mode))),
            new ContextPart("tools", invoker.ToolsFor(context).Sum(TokenEstimate.Of)),
            new ContextPart("messages", messages.Where(message => message.Role != ChatRole.Tool).Sum(TokenEstimate.Of)),
            .. results,
        ], options.Value.ContextTokens);
    }
}
