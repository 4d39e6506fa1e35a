namespace SreAgent.Host.Commands.Changes;

/// <summary>What is said where only a person at a terminal may go on.</summary>
internal static class Interactive
{
    public static string Refusal(string command) =>
        $"Refused: this takes a person at a terminal. Standard input and standard output must both be one; nothing is read from a pipe.{Environment.NewLine}"
        + $"Run it yourself in a terminal: {command}";
}
