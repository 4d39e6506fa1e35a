using System.CommandLine;

namespace SreAgent.Host.Commands.Changes;

/// <summary><c>changes list | show | approve | deny | halt | unhalt</c>.</summary>
internal sealed class ChangesCommand : IHostCommand
{
    public Command Build(CommandHost host) =>
        new Command("changes", "What waits for a yes, what became of it, and the switch that stops all of it")
        {
            ListChanges.Build(host),
            ShowChange.Build(host),
            ApproveChange.Build(host),
            DenyChange.Build(host),
            KillSwitchCommands.Halt(host),
            KillSwitchCommands.Unhalt(host),
        };
}
