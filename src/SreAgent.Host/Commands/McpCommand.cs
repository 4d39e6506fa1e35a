using System.CommandLine;
using SreAgent.Host.Mcp;

namespace SreAgent.Host.Commands;

/// <summary><c>mcp</c>: the guarded tools for an MCP client on the other end of standard input and output.</summary>
internal sealed class McpCommand : IHostCommand
{
    public Command Build(CommandHost host)
    {
        var persona = CommonOptions.Persona();
        var toolsets = new Option<string[]>("--toolset")
        {
            Description = "Offer only these toolsets; * stands for any run of characters",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var readOnly = new Option<bool>("--read-only") { Description = "Offer nothing that does more than look" };
        var command = new Command("mcp", "Serve the same guarded tools to an MCP client, over standard input and output") { persona, toolsets, readOnly };
        host.SetActionBeforeComposing(command, async (parse, compose, cancellationToken) =>
        {
            var rehearsal = McpRehearsal.RunAsync(cancellationToken);
            var services = compose();
            try
            {
                var options = new McpServeOptions(parse.GetValue(persona), parse.GetValue(toolsets) ?? [], parse.GetValue(readOnly));
                return await McpServe.RunAsync(services, options, cancellationToken);
            }
            finally
            {
                await rehearsal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await CommandHost.DisposeAsync(services);
            }
        });
        return command;
    }
}
