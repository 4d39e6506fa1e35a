using SreAgent.Host;
using SreAgent.Host.Composition;
using SreAgent.Host.Terminal;

using var console = new SystemConsole();
return await SreAgentHost.RunAsync(args, console, HostComposition.ComposeOn(console));
