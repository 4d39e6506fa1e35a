using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Containers;

/// <summary>Instructions of an image that say how it is checked and stopped.</summary>
internal sealed partial class DockerfileReader : IStatementReader
{
    private static readonly LiteralScreen Instructions = new("HEALTHCHECK", "STOPSIGNAL", "healthcheck", "stopsignal");

    public bool Reads(SourceEntry file) => file.Path[(file.Path.LastIndexOf('/') + 1)..] is var name
        && (name.StartsWith("Dockerfile", StringComparison.Ordinal) || name.EndsWith(".Dockerfile", StringComparison.OrdinalIgnoreCase) || name.StartsWith("Containerfile", StringComparison.Ordinal) || name.EndsWith(".dockerfile", StringComparison.Ordinal));

    public bool MayState(string path, ReadOnlySpan<byte> content) => Instructions.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        for (var i = 0; i < text.Lines.Count; i++)
        {
            var match = Instruction().Match(text.Lines[i]);
            if (!match.Success || string.Equals(match.Groups["rest"].Value.Trim(), "NONE", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var last = i;
            while (last + 1 < text.Lines.Count && text.Lines[last].TrimEnd().EndsWith('\\'))
            {
                last++;
            }

            yield return match.Groups["stop"].Success
                ? text.State(StatementKind.Shutdown, "stop signal", i + 1, i + 1, $"The container is asked to end by {match.Groups["rest"].Value.Trim()}.", ("signal", match.Groups["rest"].Value.Trim()))
                : text.State(StatementKind.HealthCheck, "health check", i + 1, last + 1, "The image checks its own health.", ("probe", "healthcheck"), ("platform", "docker"));
            i = last;
        }
    }

    [GeneratedRegex(@"^\s*((?<stop>STOPSIGNAL)|HEALTHCHECK)\s+(?<rest>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Instruction();
}
