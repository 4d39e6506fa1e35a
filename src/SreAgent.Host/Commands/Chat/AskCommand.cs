using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Actors;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Chat;
using SreAgent.Runtime.Conversations;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Chat;

/// <summary>One question, one answer.</summary>
internal sealed class AskCommand : IHostCommand
{
    public Command Build(CommandHost host)
    {
        var text = new Argument<string[]>("TEXT") { Description = "The question; '-' reads it from standard input", Arity = ArgumentArity.OneOrMore };
        var persona = CommonOptions.Persona();
        var json = CommonOptions.Json();
        var command = new Command("ask", "Ask one question") { text, persona, json };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var question = await QuestionAsync(host.Console, parse.GetRequiredValue(text), cancellationToken);
            var conversations = services.GetRequiredService<IConversationService>();
            var actor = OperatingSystemActor.Current(Surface.Terminal);
            var conversation = await conversations.StartAsync(actor, parse.GetValue(persona), cancellationToken);
            var record = new TurnRecord();
            var view = parse.GetValue(json) ? null : new PlainTurnView(host.Console);
            await foreach (var turnEvent in conversations.HandleAsync(new InboundMessage(conversation.Id, actor, question), cancellationToken))
            {
                record.Take(turnEvent);
                view?.Show(turnEvent);
            }

            if (view is null)
            {
                var desk = services.GetRequiredService<IApprovalDesk>();
                JsonOutput.Write(host.Console, await AskDocument.OfAsync(conversation, record, desk, cancellationToken));
            }

            return record.ExitStatus;
        });
        return command;
    }

    private static async Task<string> QuestionAsync(IConsoleIo console, string[] words, CancellationToken cancellationToken)
    {
        var question = words is ["-"] ? await console.In.ReadToEndAsync(cancellationToken) : string.Join(' ', words);
        return string.IsNullOrWhiteSpace(question) ? throw new UsageException("There is no question. Try: sre-agent ask \"what is firing?\"") : question;
    }
}
