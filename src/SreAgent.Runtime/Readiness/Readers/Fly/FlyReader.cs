using System.Globalization;
using SreAgent.Core.Readiness;
using SreAgent.Core.Toml;
using static SreAgent.Runtime.Readiness.Readers.PlatformFile;

namespace SreAgent.Runtime.Readiness.Readers.Fly;

/// <summary>A Fly application's configuration: checks, strategy, release command, machines, grace.</summary>
internal sealed class FlyReader : IStatementReader
{
    public bool Reads(SourceEntry file) => IsCalled(file.Path, "fly");

    public IEnumerable<Statement> Read(SourceText text)
    {
        var root = PlatformFile.Read(text);
        if (root?["app"] is null && root?["http_service"] is null && root?["services"] is null)
        {
            return [];
        }

        var app = (root["app"] as TomlText)?.Value is { Length: > 0 } name ? name : "the application";
        return Checks(text, root, app)
            .Concat(Deploy(text, root, app))
            .Concat(Machines(text, root, app))
            .Concat(Ending(text, root, app))
            .Concat(Rest(text, root, app))
            .OrderBy(statement => statement.At.Line);
    }

    private static IEnumerable<Statement> Checks(SourceText text, TomlTable root, string app)
    {
        var named = Table(root, "checks") is { } checks ? checks.Names.SelectMany(name => Tables(checks, name)) : [];
        var all = named
            .Concat(Tables(root, "http_service").SelectMany(http => Tables(http, "checks")))
            .Concat(Tables(root, "services").SelectMany(service => Tables(service, "http_checks").Concat(Tables(service, "tcp_checks"))));
        foreach (var check in all)
        {
            var path = Text(check, "path");
            var last = check.Names.Select(name => check[name]!.Line).Append(check.Line).Max();
            yield return text.State(StatementKind.HealthCheck, "health check", check.Line, last, $"Fly checks {app} by {(path is null ? "a TCP connection" : $"GET {path}")}.", ("probe", "check"), ("path", path), ("interval", Text(check, "interval")), ("service", app));
        }
    }

    private static IEnumerable<Statement> Deploy(SourceText text, TomlTable root, string app)
    {
        if (Table(root, "deploy") is not { } deploy)
        {
            yield break;
        }

        if (Text(deploy, "strategy") is { } strategy)
        {
            yield return text.State(StatementKind.DeployStrategy, "deploy strategy", deploy["strategy"]!.Line, deploy["strategy"]!.Line, $"{app} is replaced by the {Strategies.Name(strategy)} strategy.", ("strategy", Strategies.Name(strategy)), ("service", app));
        }

        if (Text(deploy, "release_command") is { } command)
        {
            yield return text.State(StatementKind.DeployStrategy, "release command", deploy["release_command"]!.Line, deploy["release_command"]!.Line, $"Before a new version of {app} starts, '{command}' runs once; the deploy stops when it fails.", ("releaseCommand", command), ("service", app));
        }
    }

    private static IEnumerable<Statement> Machines(SourceText text, TomlTable root, string app)
    {
        foreach (var service in Tables(root, "http_service").Concat(Tables(root, "services")))
        {
            if (service["min_machines_running"] is TomlWhole { Value: var least } whole)
            {
                yield return text.State(StatementKind.Redundancy, "machines", whole.Line, whole.Line, $"At least {least} machine{(least == 1 ? "" : "s")} of {app} run{(least == 1 ? "s" : "")} in the primary region.", ("min", least.ToString(CultureInfo.InvariantCulture)), ("service", app));
            }

            if (Table(service, "concurrency") is { } limits && (limits["hard_limit"] ?? limits["soft_limit"]) is TomlWhole { Value: var most } limit)
            {
                yield return text.State(StatementKind.ResourceLimit, "concurrency limit", limits.Line, limit.Line, $"A machine of {app} takes at most {most} {Text(limits, "type") ?? "connections"} at once.", ("concurrency", most.ToString(CultureInfo.InvariantCulture)), ("service", app));
            }
        }

        foreach (var machine in Tables(root, "vm"))
        {
            if ((Text(machine, "memory") ?? Text(machine, "size") ?? (machine["memory_mb"] as TomlWhole)?.Value.ToString(CultureInfo.InvariantCulture)) is { } size)
            {
                yield return text.State(StatementKind.ResourceLimit, "machine size", machine.Line, machine.Names.Select(name => machine[name]!.Line).Append(machine.Line).Max(), $"A machine of {app} has {size}.", ("memoryLimit", size), ("service", app));
            }
        }
    }

    private static IEnumerable<Statement> Ending(SourceText text, TomlTable root, string app)
    {
        if (root["kill_timeout"] is { } timeout && (Text(root, "kill_timeout") ?? (timeout as TomlWhole)?.Value.ToString(CultureInfo.InvariantCulture)) is { } time)
        {
            yield return text.State(StatementKind.Shutdown, "grace period", timeout.Line, timeout.Line, $"{app} is given {time} to end.", ("gracePeriod", time), ("service", app));
        }

        if (Text(root, "kill_signal") is { } signal)
        {
            yield return text.State(StatementKind.Shutdown, "stop signal", root["kill_signal"]!.Line, root["kill_signal"]!.Line, $"{app} is asked to end by {signal}.", ("signal", signal), ("service", app));
        }
    }

    private static IEnumerable<Statement> Rest(SourceText text, TomlTable root, string app)
    {
        foreach (var metrics in Tables(root, "metrics"))
        {
            yield return text.State(StatementKind.Telemetry, "scrape target", metrics.Line, metrics.Names.Select(name => metrics[name]!.Line).Append(metrics.Line).Max(), $"Fly collects metrics of {app} at {Text(metrics, "path") ?? "/metrics"}.", ("signal", "metrics"), ("path", Text(metrics, "path")), ("service", app));
        }

        foreach (var mount in Tables(root, "mounts").Concat(Tables(root, "mount")))
        {
            if (mount["snapshot_retention"] is TomlWhole { Value: > 0 and var days } retention)
            {
                yield return text.State(StatementKind.Backup, "volume snapshots", retention.Line, retention.Line, $"Snapshots of the volume of {app} are kept for {days} days.", ("what", Text(mount, "source")), ("retention", $"{days} days"));
            }
        }

        foreach (var (name, value) in Table(root, "env") is { } env ? env.Names.Select(name => (name, env[name]!)) : [])
        {
            if (ConnectionNames.Target(name) is { } target)
            {
                yield return text.StateByAddress(StatementKind.Dependency, "connection", value.Line, name, $"{app} is told where {target} is by {name}.", ("name", target), ("variable", name), ("service", app));
            }
        }
    }

    private static string? Text(TomlTable table, string name) => table[name] is TomlText { Value: { Length: > 0 } value } ? value : null;

    private static TomlTable? Table(TomlTable table, string name) => table[name] as TomlTable;
}
