using SreAgent.Host;
using SreAgent.Host.Terminal;
using SreAgent.Rehearsal;

// A simulated vendor by itself, for clients in other languages.
if (args is ["lab", "github"])
{
    return await GitHubRehearsal.RunAsync(Console.In, Console.Out);
}

// The real program on a real terminal, with everything behind it in memory: for tests that need a terminal, and for trying by hand.
using var console = new SystemConsole();
return await SreAgentHost.RunAsync(args, console, static _ => RehearsalServices.Build());
