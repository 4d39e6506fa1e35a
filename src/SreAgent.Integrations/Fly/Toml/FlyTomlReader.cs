using SreAgent.Core.Time;
using SreAgent.Core.Toml;

namespace SreAgent.Integrations.Fly.Toml;

/// <summary>Takes typed values out of a configuration and collects what is wrong with it, line by line.</summary>
internal sealed class FlyTomlReader(TomlTable root)
{
    private static readonly string[] Strategies = ["rolling", "canary", "bluegreen", "immediate"];

    private static readonly string[] Grouped = ["services", "vm", "mounts", "metrics", "files", "restart"];

    private readonly List<string> _problems = [];

    public IReadOnlyList<string> Problems => _problems;

    public void Problem(TomlValue at, string sentence) => _problems.Add(at.Line > 0 ? $"line {at.Line}: {sentence}." : $"{sentence}.");

    public string? Text(TomlTable table, string name)
    {
        switch (table[name])
        {
            case null:
                return null;
            case TomlText { Value: var text }:
                return text.Length == 0 ? null : text;
            case var other:
                Problem(other, $"{name} must be text, not {other.Kind}");
                return null;
        }
    }

    public string Required(TomlTable table, string name, string section)
    {
        if (Text(table, name) is { } text)
        {
            return text;
        }

        Problem(table, $"[{section}] needs {name}");
        return "";
    }

    public TomlTable? Table(TomlTable table, string name)
    {
        if (table[name] is null or TomlTable)
        {
            return table[name] as TomlTable;
        }

        Problem(table[name]!, $"[{name}] must be a table, not {table[name]!.Kind}");
        return null;
    }

    /// <summary>Sections that older files write once as <c>[mounts]</c> and newer ones several times as <c>[[mounts]]</c>.</summary>
    public IReadOnlyList<TomlTable> Tables(TomlTable table, params string[] names)
    {
        var found = new List<TomlTable>();
        foreach (var value in names.Select(name => table[name]).OfType<TomlValue>())
        {
            foreach (var item in value is TomlArray array ? array.Items : [value])
            {
                if (item is TomlTable section)
                {
                    found.Add(section);
                }
                else
                {
                    Problem(item, $"[[{names[0]}]] must be a table, not {item.Kind}");
                }
            }
        }

        return found;
    }

    public string? Strategy(TomlTable deploy)
    {
        var strategy = Text(deploy, "strategy");
        if (strategy is not null && !Strategies.Contains(strategy, StringComparer.Ordinal))
        {
            Problem(deploy["strategy"]!, $"strategy '{strategy}' is none of {string.Join(", ", Strategies)}");
        }

        return strategy;
    }

    public double? Positive(TomlTable table, string name)
    {
        double? number = table[name] switch
        {
            null => null,
            TomlWhole whole => whole.Value,
            TomlReal real => real.Value,
            _ => double.NaN,
        };
        if (number is null or (> 0 and < 10_000))
        {
            return number;
        }

        Problem(table[name]!, $"{name} must be a number greater than 0: a share below 1, or a number of machines");
        return null;
    }

    /// <summary>Text such as 5m, or whole seconds.</summary>
    public TimeSpan? Duration(TomlTable table, string name)
    {
        switch (table[name])
        {
            case null:
                return null;
            case TomlText { Value: var text } when TimeExpression.TryParseDuration(text, out var duration):
                return duration;
            case TomlWhole { Value: > 0 and < 1_000_000 } seconds:
                return TimeSpan.FromSeconds(seconds.Value);
            case var other:
                Problem(other, $"{name} must be a duration such as \"5m\"");
                return null;
        }
    }

    /// <summary>Every kind of health check there is; also looks at the ports of services.</summary>
    public int Checks()
    {
        var count = Table(root, "checks")?.Names.Count ?? 0;
        if (Table(root, "http_service") is { } http)
        {
            CheckPort(http, "http_service");
            count += Tables(http, "checks").Count;
        }

        foreach (var service in Tables(root, "services"))
        {
            CheckPort(service, "services");
            count += Tables(service, "tcp_checks").Count + Tables(service, "http_checks").Count;
        }

        return count;
    }

    /// <summary>Sections that name process groups name some that exist.</summary>
    public void CheckGroups(IReadOnlyList<string> groups)
    {
        var known = groups.Count == 0 ? ["app"] : groups;
        var sections = Grouped.SelectMany(name => Tables(root, name).Select(section => (name, section)));
        foreach (var (name, section) in Table(root, "http_service") is { } http ? sections.Append(("http_service", http)) : sections)
        {
            var named = section["processes"] is TomlArray array ? array.Items.OfType<TomlText>() : [];
            foreach (var group in named.Where(group => !known.Contains(group.Value, StringComparer.Ordinal)))
            {
                Problem(group, $"[{name}] names the process group '{group.Value}', which [processes] does not have");
            }
        }
    }

    public void CheckEnvironment()
    {
        foreach (var value in Table(root, "env") is { } env ? env.Names.Select(name => env[name]!) : [])
        {
            if (value is TomlTable or TomlArray)
            {
                Problem(value, $"a value under [env] must be text, not {value.Kind}");
            }
        }
    }

    private void CheckPort(TomlTable service, string section)
    {
        if (service["internal_port"] is not TomlWhole { Value: > 0 and <= 65_535 })
        {
            Problem(service["internal_port"] ?? service, $"[{section}] needs internal_port, from 1 to 65535");
        }
    }
}
