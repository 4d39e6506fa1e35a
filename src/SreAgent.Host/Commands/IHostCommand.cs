using System.CommandLine;

namespace SreAgent.Host.Commands;

/// <summary>One verb of the command line. Listed once, in <see cref="SreAgentHost.Commands"/>.</summary>
public interface IHostCommand
{
    /// <summary>The verb with its options; its action is set through <see cref="CommandHost.SetAction"/>.</summary>
    Command Build(CommandHost host);
}
