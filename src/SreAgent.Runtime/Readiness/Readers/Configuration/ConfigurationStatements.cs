using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>
/// YAML by which a service is configured, its own or that of a chart: what it connects to, by names of variables, addresses and drivers; and what it does
/// while that is slow or gone, by time limits and retries.
/// </summary>
internal sealed partial class ConfigurationStatements : IYamlStatements
{
    private const int Deepest = 10;
    private const int Most = 12;

    private static readonly string[] Files = ["application", "bootstrap", "database", "redis", "mongoid", "cable", "settings", "config", "appsettings", "values"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        if (document is YamlList operations)
        {
            return operations.Elements.SelectMany(operation => Operation(text, operation));
        }

        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        if (document is not YamlMap || document.At("apiVersion") is not null || text.Path.Contains(".github/", StringComparison.Ordinal) || text.Path.Contains(".circleci/", StringComparison.Ordinal)
            || name.Contains("test", StringComparison.OrdinalIgnoreCase) || !Array.Exists(Files, file => name.StartsWith(file, StringComparison.OrdinalIgnoreCase)) && !text.Path.Contains("values", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var found = new List<Statement>();
        Walk(text, document, "", 0, found, new HashSet<string>(StringComparer.Ordinal));
        return found;
    }

    // Operations on a deployment say by their path whose host or address they set.
    private static IEnumerable<Statement> Operation(SourceText text, YamlNode operation)
    {
        if (operation.Text("type") == "replace" && operation.Entry("path") is { Value: YamlScalar { Value: var way } } path
            && way.Contains("/properties/", StringComparison.Ordinal) && way.Replace("?", "", StringComparison.Ordinal).Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var above, var last]
            && (last is "host" or "url" or "address" or "endpoint" ? Stores.Named(above) ?? above : (operation.At("value", "url") ?? operation.At("value", "host")) is not null ? Stores.Named(last) ?? last : null) is { } target
            && !target.Contains('=', StringComparison.Ordinal) && !Inward().IsMatch(target))
        {
            yield return text.State(StatementKind.Dependency, "connection", path.Line, path.Line, $"It is told where {target} is.", ("name", target));
        }
    }

    private static void Walk(SourceText text, YamlNode node, string above, int depth, List<Statement> found, HashSet<string> known)
    {
        if (depth > Deepest || found.Count >= 2 * Most)
        {
            return;
        }

        foreach (var element in (node as YamlList)?.Elements ?? [])
        {
            if (element.Text("name") is { } variable && element.Entry("name") is { } entry && (element.At("value") ?? element.At("valueFrom")) is not null)
            {
                Variable(text, variable, entry, found, known);
            }
            else if (element is YamlMap)
            {
                Walk(text, element, above, depth + 1, found, known);
            }
        }

        foreach (var pair in node.Entries())
        {
            Variable(text, pair.Name, pair, found, known);
            if (pair.Value is YamlScalar { Value: { Length: > 0 } value })
            {
                Setting(text, pair, value, above, found, known);
            }
            else if (!pair.Name.StartsWith("test", StringComparison.OrdinalIgnoreCase))
            {
                Walk(text, pair.Value, above.Length == 0 ? pair.Name : $"{above}.{pair.Name}", depth + 1, found, known);
            }
        }
    }

    private static void Variable(SourceText text, string name, YamlEntry at, List<Statement> found, HashSet<string> known)
    {
        if (VariableName().IsMatch(name) && ConnectionNames.Target(name) is { } target)
        {
            Needs(text, at, target, name, found, known);
        }
    }

    private static void Setting(SourceText text, YamlEntry pair, string value, string above, List<Statement> found, HashSet<string> known)
    {
        if (Stores.Addressed(value) is { } addressed)
        {
            Needs(text, pair, addressed, pair.Name, found, known);
        }
        else if (pair.Name is "adapter" or "driver" or "driver-class-name" or "dialect" or "engine" && Stores.Named(value) is { } store)
        {
            Needs(text, pair, store, pair.Name, found, known);
        }
        else if (Address().IsMatch(pair.Name) && (value.StartsWith("http", StringComparison.Ordinal) || value.StartsWith("${", StringComparison.Ordinal) || HostName().IsMatch(value)) && TargetOf(pair.Name, above) is { } target)
        {
            Needs(text, pair, target, pair.Name, found, known);
        }
        else if (TimeLimit().IsMatch(pair.Name) && !Inward().IsMatch($"{above}.{pair.Name}") && Amount().IsMatch(value))
        {
            Behaves(text, pair, "timeout", $"{Told(above, pair)} gives up after {value}.", found, known);
        }
        else if (Retries().IsMatch(pair.Name) && Amount().IsMatch(value) && value is not "0" and not "false" && !Inward().IsMatch($"{above}.{pair.Name}"))
        {
            Behaves(text, pair, "retry", $"{Told(above, pair)} tries again ({value}).", found, known);
        }
        else if (above.Contains("circuitbreaker", StringComparison.OrdinalIgnoreCase) || above.Contains("circuit-breaker", StringComparison.OrdinalIgnoreCase) || pair.Name.Contains("circuitBreaker", StringComparison.OrdinalIgnoreCase))
        {
            Behaves(text, pair, "circuit-breaker", $"{Told(above, pair)} stops calling what keeps failing.", found, known);
        }
    }

    // The key says what it is, or the keys above it do: "payments.url", "spring.data.redis.host".
    private static string? TargetOf(string key, string above)
    {
        var own = Address().Replace(key, "").Trim('-', '_', '.');
        var names = $"{above}.{own}";
        if (Stores.Named(names) is { } store)
        {
            return store;
        }

        if (names.Contains("datasource", StringComparison.OrdinalIgnoreCase))
        {
            return "database";
        }

        var target = names.Split('.', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(part => !Itself().IsMatch(part));
        return target is null || Inward().IsMatch(names) ? null : target.ToLowerInvariant();
    }

    private static string Told(string above, YamlEntry pair) => above.Length == 0 ? pair.Name : $"{above}.{pair.Name}";

    private static void Needs(SourceText text, YamlEntry at, string target, string variable, List<Statement> found, HashSet<string> known)
    {
        if (known.Count(name => !name.StartsWith('!')) < Most && known.Add(target))
        {
            found.Add(text.StateByAddress(StatementKind.Dependency, "connection", at.Line, at.Name, $"It is told where {target} is by {variable}.", ("name", target), ("variable", variable)));
        }
    }

    private static void Behaves(SourceText text, YamlEntry at, string does, string sentence, List<Statement> found, HashSet<string> known)
    {
        if (known.Add($"!{does}"))
        {
            found.Add(text.State(StatementKind.DependencyBehaviour, does.Replace('-', ' '), at.Line, at.Line, sentence, ("does", does)));
        }
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$", Options, 10_000)]
    private static partial Regex VariableName();

    [GeneratedRegex(@"([-_.]|\b|(?<=[a-z]))(base[-_]?url|jdbc[-_]?url|url|uri|host|hosts|hostname|endpoint|bootstrap[-_]servers|brokers|addresses|Url|Uri|URL|Host|Endpoint)$", Options, 10_000)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[a-z][\w-]*(\.[\w-]+)+(:\d+)?(/\S*)?$|^[a-z][\w-]*:\d+$", Options, 10_000)]
    private static partial Regex HostName();

    [GeneratedRegex(@"(?i)(^|[-_.a-z])timeout(s|[-_.]?(ms|millis|seconds|secs?))?$|^timeout[-_.]", Options, 10_000)]
    private static partial Regex TimeLimit();

    [GeneratedRegex(@"(?i)^(max[-_]?)?(retries|retry|retry[-_]?(count|attempts|limit)|max[-_]?attempts|reconnect[-_]attempts)$", Options, 10_000)]
    private static partial Regex Retries();

    [GeneratedRegex(@"^(PT)?\d+(\.\d+)?\s*(ms|s|m|h|S|M|seconds?|minutes?)?$|^\$\{", Options, 10_000)]
    private static partial Regex Amount();

    // What is set for those who call it, not for what it calls.
    [GeneratedRegex(@"(?i)(^|[.-])(server|session|idle|ingress|keepalive|keep[-_]alive|probe|liveness\w*|readiness\w*|startup\w*|shutdown|graceful\w*|cookie|listen|management|swagger|springdoc|logging|image|scrape\w*|lock|login|auth\w*lock)([.-]|$)", Options, 10_000)]
    private static partial Regex Inward();

    [GeneratedRegex(@"(?i)^(url|urls|uri|host|base|api|client|clients|service|services|spring|data|app|application|default|root|public|server|env|environment|config|global|external|internal|integration|integrations|rest|http|prod|production|staging|development|dev|generic-service|web|site|frontend)?$", Options, 10_000)]
    private static partial Regex Itself();
}
