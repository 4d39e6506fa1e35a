using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Ownership;

/// <summary>Descriptions of a service in JSON, by whatever register reads them: who owns it and how that team is reached.</summary>
internal sealed partial class ContactReader : IStatementReader
{
    private const int Largest = 64 * 1024;
    private const int Most = 6;

    public bool Reads(SourceEntry file) => file.Size <= Largest && file.Path is "about.json" or "service.json" or "metadata.json" or "catalog.json" or "component.json" or "codemeta.json" or "system.json" or "app-info.json" or ".service.json";

    public IEnumerable<Statement> Read(SourceText text)
    {
        var stated = 0;
        for (var i = 0; i < text.Lines.Count && stated < Most; i++)
        {
            if (Field().Match(text.Lines[i]) is { Success: true } match)
            {
                stated++;
                var value = match.Groups["value"].Value;
                yield return text.State(StatementKind.Owner, "service contact", i + 1, i + 1, $"{match.Groups["name"].Value} of the service: {value}.", ("owner", value), ("reach", value.Contains('@', StringComparison.Ordinal) || value.Contains('#', StringComparison.Ordinal) ? "true" : null));
            }
        }
    }

    [GeneratedRegex(@"^\s*""(?<name>owner|ownedBy|team|owningTeam|supportTeam|deliveredBy|supportedBy|email|supportEmail|contactEmail|slack|slackChannel|supportContact)""\s*:\s*""(?<value>[^""]{2,120})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Field();
}
