namespace SreAgent.Integrations.Fly.Flyctl;

/// <summary>How a run of flyctl ended.</summary>
/// <param name="ExitCode">Null when it was killed at our deadline.</param>
/// <param name="Output">Standard output, its last lines.</param>
/// <param name="Tail">The last lines of both streams, for errors. Outside text, without our token.</param>
internal sealed record FlyctlRun(int? ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Tail)
{
    public string Wording => ExitCode switch
    {
        null => "flyctl did not end by our deadline and was killed",
        0 => "flyctl ended with success (exit status 0)",
        1 => "flyctl failed (exit status 1)",
        3 => "flyctl crashed (exit status 3)",
        126 => "flyctl ran into a deadline of its own (exit status 126)",
        127 => "flyctl was cancelled or interrupted (exit status 127)",
        var code => $"flyctl ended with exit status {code}",
    };

    public string Said => Tail.Count == 0 ? "It said nothing." : $"Its last lines: {string.Join(" | ", Tail)}";
}
