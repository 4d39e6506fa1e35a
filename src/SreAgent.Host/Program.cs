using Microsoft.Extensions.DependencyInjection;
using SreAgent.Host;
using SreAgent.Host.Terminal;

using var console = new SystemConsole();
return await SreAgentHost.RunAsync(args, console, static _ => new ServiceCollection().BuildServiceProvider());
