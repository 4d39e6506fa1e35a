namespace SreAgent.Host.Commands.Lab;

/// <summary>What a newcomer may say in the practice world, in the order an incident goes.</summary>
internal static class LabInvitation
{
    public static IReadOnlyList<string> Lines { get; } = ["what is firing?", "why is checkout failing?", "what changed on checkout?", "roll back checkout"];
}
