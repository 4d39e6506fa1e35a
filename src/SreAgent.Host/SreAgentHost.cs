using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using SreAgent.Host.Commands;
using SreAgent.Host.Commands.Audit;
using SreAgent.Host.Commands.Changes;
using SreAgent.Host.Commands.Chat;
using SreAgent.Host.Commands.Doctor;
using SreAgent.Host.Commands.Documents;
using SreAgent.Host.Commands.Lab;
using SreAgent.Host.Commands.Review;
using SreAgent.Host.Commands.Tools;
using SreAgent.Host.Terminal;

namespace SreAgent.Host;

/// <summary>The executable, without its process: arguments in, exit status out. Tests run it in process.</summary>
public static class SreAgentHost
{
    /// <summary>Every verb, in the order help lists them.</summary>
    public static IReadOnlyList<IHostCommand> Commands { get; } =
    [
        new ChatCommand(),
        new AskCommand(),
        new ChangesCommand(),
        new ToolsCommand(),
        new PersonasCommand(),
        new SkillsCommand(),
        new AuditCommand(),
        new McpCommand(),
        new LabCommand(),
        new ReviewCommand(),
        new DoctorCommand(),
    ];

    /// <param name="args">As the shell split them.</param>
    /// <param name="console">Where to read and write.</param>
    /// <param name="compose">Makes the services; called at most once, and only by verbs that need any.</param>
    /// <returns>See <see cref="ExitStatus"/>.</returns>
    public static async Task<int> RunAsync(string[] args, IConsoleIo console, Func<HostArguments, IServiceProvider> compose)
    {
        ArgumentNullException.ThrowIfNull(console);
        var root = Build(new CommandHost(console, compose));
        var parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            var mistaken = new InvocationConfiguration { Output = console.Error, Error = console.Error };
            if (parse.Action is ParseErrorAction explain)
            {
                explain.ShowHelp = false;
            }

            await parse.InvokeAsync(mistaken);
            await console.Error.WriteLineAsync($"'sre-agent {HelpFor(parse)}' lists what can be given.");
            return ExitStatus.Usage;
        }

        // Faults become sentences in CommandHost; Ctrl+C reaches the verb as its token, which has this long to end well.
        var configuration = new InvocationConfiguration
        {
            Output = console.Out,
            Error = console.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        return await parse.InvokeAsync(configuration);
    }

    private static RootCommand Build(CommandHost host)
    {
        var root = new RootCommand("""
            A site reliability engineer you can talk to. It looks at anything you let it
            look at, and changes nothing in production without a named human saying yes
            to exactly that change.

              sre-agent                         talk
              sre-agent ask "what is firing?"   one question, one answer
              sre-agent changes list            what waits for a yes
              sre-agent review PATH             is it ready for production?
              sre-agent lab                     something true to practise on
              sre-agent doctor                  what is connected, what is not, and why

            Exit status: 0 fine, 1 the answer is no, 2 usage or settings,
            3 an outside system could not be reached, 4 waiting for an approval.
            """);
        root.Add(host.Lab);
        root.Add(host.NoLab);
        foreach (var command in Commands)
        {
            root.Add(command.Build(host));
        }

        ChatCommand.AddTo(root, host);
        root.Options.OfType<VersionOption>().Single().Action = new SayVersion(host.Console);
        return root;
    }

    private static string HelpFor(ParseResult parse) =>
        parse.CommandResult.Command is RootCommand ? "--help" : $"{parse.CommandResult.Command.Name} --help";

    private sealed class SayVersion(IConsoleIo console) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(SreAgentHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            console.Out.WriteLine($"sre-agent {version}");
            return ExitStatus.Fine;
        }
    }
}
