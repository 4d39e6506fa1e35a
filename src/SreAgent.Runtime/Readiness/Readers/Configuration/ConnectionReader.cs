using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Configuration;

/// <summary>
/// What a service is told to connect to, line by line: example environments, properties, and source whose path says that it reads the configuration. Only a
/// name of a variable, the scheme of an address, or the driver of a database counts.
/// </summary>
internal sealed partial class ConnectionReader : IStatementReader
{
    private const int Largest = 256 * 1024;
    private const int LongestLine = 300;
    private const int Most = 12;

    private static readonly string[] Plain = ["properties", "conf", "toml", "ini", "cfg", "env", "json", "prisma"];
    private static readonly string[] Code = ["py", "rb", "js", "ts", "mjs", "cjs", "exs", "ex", "go", "rs", "java", "kt", "scala", "cs", "php"];

    public bool Reads(SourceEntry file)
    {
        if (file.Size > Largest)
        {
            return false;
        }

        var name = file.Path.AsSpan(file.Path.LastIndexOf('/') + 1);
        if (IsEnvironment(name))
        {
            return true;
        }

        var dot = name.LastIndexOf('.');
        if (dot <= 0 || name.Contains("test", StringComparison.OrdinalIgnoreCase) || name.Contains("lint", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var ending = name[(dot + 1)..];
        return IsOneOf(ending, Plain) ? SaysConfiguration(name) || InConfiguration(file.Path) : IsOneOf(ending, Code) && (SaysConfiguration(name) || InConfiguration(file.Path));
    }

    public IEnumerable<Statement> Read(SourceText text)
    {
        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        var environment = IsEnvironment(name);
        var stated = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < text.Lines.Count && stated.Count < Most; i++)
        {
            var line = text.Lines[i];
            if (line.Length is 0 or > LongestLine || IsComment(line))
            {
                continue;
            }

            foreach (var (target, how) in Targets(line, environment))
            {
                if (stated.Add(target))
                {
                    yield return text.StateByAddress(StatementKind.Dependency, "connection", i + 1, how, $"It is told where {target} is by {how}.", ("name", target), ("variable", how));
                }
            }
        }
    }

    private static IEnumerable<(string Target, string How)> Targets(string line, bool environment)
    {
        foreach (var name in (environment ? Assigned() : Looked()).Matches(line).Select(match => match.Groups["name"].Value))
        {
            if (ConnectionNames.Target(name) is { } target)
            {
                yield return (target, name);
            }
        }

        if (Stores.Addressed(line) is { } addressed)
        {
            yield return (addressed, "its address");
        }

        if (Driver().Match(line) is { Success: true } driver && Stores.Named(driver.Groups["driver"].Value) is { } store)
        {
            yield return (store, "its driver");
        }

        if (Setting().Match(line) is { Success: true } setting && !Itself().IsMatch(setting.Groups["name"].Value))
        {
            yield return (Stores.Named(setting.Groups["name"].Value) ?? setting.Groups["name"].Value.Trim('.', '-', '_').ToLowerInvariant(), $"{setting.Groups["name"].Value}{setting.Groups["what"].Value}");
        }
    }

    private static bool IsEnvironment(ReadOnlySpan<char> name) =>
        name.StartsWith(".env", StringComparison.OrdinalIgnoreCase) || name.StartsWith("env.", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".env", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".env.example", StringComparison.OrdinalIgnoreCase) || name.Equals("app.json", StringComparison.Ordinal);

    private static bool SaysConfiguration(ReadOnlySpan<char> name) =>
        name.StartsWith("application", StringComparison.OrdinalIgnoreCase) || name.StartsWith("appsettings", StringComparison.OrdinalIgnoreCase) || name.StartsWith("config", StringComparison.OrdinalIgnoreCase) || name.StartsWith("settings", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("database", StringComparison.OrdinalIgnoreCase) || name.StartsWith("env", StringComparison.OrdinalIgnoreCase) || name.Equals("schema.prisma", StringComparison.Ordinal) || name.EndsWith("config.go", StringComparison.OrdinalIgnoreCase) || name.EndsWith("settings.cs", StringComparison.OrdinalIgnoreCase);

    private static bool InConfiguration(string path) =>
        path.StartsWith("config/", StringComparison.Ordinal) || path.StartsWith("conf/", StringComparison.Ordinal) || path.Contains("/config/", StringComparison.Ordinal) || path.Contains("/conf/", StringComparison.Ordinal) || path.Contains("/settings/", StringComparison.Ordinal) || path.Contains("/configuration/", StringComparison.Ordinal);

    private static bool IsOneOf(ReadOnlySpan<char> ending, string[] endings)
    {
        foreach (var known in endings)
        {
            if (ending.Equals(known, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // What is commented out in an example is an option somebody may take; it is not what the service needs.
    private static bool IsComment(string line) =>
        line.AsSpan().TrimStart() is var start && (start.StartsWith("#") || start.StartsWith("//") || start.StartsWith("*") || start.StartsWith("/*") || start.StartsWith(";") || start.StartsWith("--"));

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\s*(export\s+)?""?(?<name>[A-Z][A-Z0-9_]{2,60})""?\s*[=:]", Options, 10_000)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"(process\.env(\.|\[['""])|environ(\.get\(|\[)\s*f?['""]|[gG]etenv\(\s*['""]|LookupEnv\(\s*""|ENV(\.fetch\(|\[)\s*['""]|env::var\(\s*""|get_env!?\(\s*""|fetch_env!\(\s*""|GetEnvironmentVariable\(\s*""|\benv(\.str|\.url|\.db|\.bool)?\(\s*['""]|env(config)?:""|envconfig:""|\$\{\??|\b(config|get|required|requiredEnv)\(\s*['""])(?<name>[A-Z][A-Z0-9_]{2,60})", Options, 10_000)]
    private static partial Regex Looked();

    [GeneratedRegex(@"\b(adapter|ENGINE|engine|provider|dialect|driver|drivername|client|driverClassName|driver-class-name|database_type|BACKEND|backend|queue_adapter|cache_store)['""]?\s*(=>|[:=])\s*['"":]*(?<driver>[\w.:]{2,80})", Options, 10_000)]
    private static partial Regex Driver();

    [GeneratedRegex(@"^\s*['""]?(?<name>[A-Za-z][\w.-]{1,60}?)(?<what>([._-]?(url|uri|host|hosts|endpoint|address|bootstrap[.-]servers|brokers|servers)|(Url|Uri|URL|URI|Host|Endpoint|Address|Brokers)))['""]?\s*[:=]\s*['""]?(https?://(?!(localhost|127\.|0\.0\.0\.0))|\$\{|[a-z][\w-]*(\.[\w-]+)+(:\d+)?['"",]*\s*$)", Options, 10_000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"^(app|base|public|server|site|root|self|own|external|default|application|spring|management|documentation|docs|help|support|feedback|terms|privacy|logo|callback|redirect|listen|bind|http|https|swagger|contact|license|issues|repository|homepage|proxy|frontend|cdn|asset)?([._-]?(base|root|site|server))?$", Options | RegexOptions.IgnoreCase, 10_000)]
    private static partial Regex Itself();
}
