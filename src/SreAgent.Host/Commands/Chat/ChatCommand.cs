using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Host.Terminal.Chat;

namespace SreAgent.Host.Commands.Chat;

/// <summary>Talks. Also what the program does when no verb is given.</summary>
internal sealed class ChatCommand : IHostCommand
{
    public Command Build(CommandHost host)
    {
        var command = new Command("chat", "Talk; the default when no verb is given");
        AddTo(command, host);
        return command;
    }

    public static void AddTo(Command command, CommandHost host)
    {
        var persona = CommonOptions.Persona();
        var resume = new Option<string?>("--resume")
        {
            Description = "Go on with an earlier conversation; the latest without an ID",
            HelpName = "ID",
            Arity = ArgumentArity.ZeroOrOne,
        };
        command.Add(persona);
        command.Add(resume);
        host.SetAction(command, (services, parse, cancellationToken) =>
        {
            var start = new ChatStart(parse.GetValue(persona), parse.GetResult(resume) is not null, parse.GetValue(resume));
            return host.Console.Terminal is { } terminal
                ? ActivatorUtilities.CreateInstance<ChatSession>(services, host.Console, terminal).RunAsync(start, cancellationToken)
                : ActivatorUtilities.CreateInstance<PipedChat>(services, host.Console).RunAsync(start, cancellationToken);
        });
    }
}
