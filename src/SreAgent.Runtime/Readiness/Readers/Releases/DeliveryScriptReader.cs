using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Pipelines;

namespace SreAgent.Runtime.Readiness.Readers.Releases;

/// <summary>
/// What puts a version in place when somebody, or a platform, runs it: targets of a Makefile and its kin, scripts named for it, the release phase of a
/// Procfile, Capistrano. What goes back is for <see cref="ScriptReader"/>.
/// </summary>
internal sealed partial class DeliveryScriptReader : IStatementReader
{
    private const int LongestRecipe = 40;

    public bool Reads(SourceEntry file)
    {
        var name = file.Path[(file.Path.LastIndexOf('/') + 1)..];
        return IsMake(name) || name is "Procfile" or "Capfile" or "package.json" || file.Path.EndsWith("config/deploy.rb", StringComparison.Ordinal) || IsScript(name);
    }

    public IEnumerable<Statement> Read(SourceText text)
    {
        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        return name switch
        {
            "Procfile" => Lines(text, ReleasePhase(), (line, command) => Phase(text, line, command)),
            "package.json" => Lines(text, NodeScript(), (line, command) => Run(text, line, line, name, "", command)),
            "Capfile" or "deploy.rb" => Capistrano(text),
            _ when IsMake(name) => Targets(text),
            _ when IsStart(name) => Start(text),
            _ => Script(text, name),
        };
    }

    private static bool IsMake(string name) => name is "Makefile" or "makefile" or "GNUmakefile" or "justfile" or "Justfile";

    // Most names are of other kinds, and every name of a tree is asked about.
    private static bool IsScript(string name) =>
        (!name.Contains('.', StringComparison.Ordinal) || name.EndsWith(".sh", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".bash", StringComparison.OrdinalIgnoreCase))
        && (ScriptName().IsMatch(name) || IsStart(name));

    private static bool IsStart(string name) => StartName().IsMatch(name);

    private static IEnumerable<Statement> Lines(SourceText text, Regex line, Func<int, string, Statement?> state) =>
        text.Lines.Select((content, index) => line.Match(content) is { Success: true } match ? state(index + 1, match.Groups["command"].Value) : null).OfType<Statement>();

    private static Statement? Phase(SourceText text, int line, string command) =>
        text.State(StatementKind.Pipeline, "release phase", line, line, $"The platform runs '{Facts.OneLine(command, 120)}' before a release takes over.", ("name", "release"), ("does", Migrates().IsMatch(command) ? "migrate" : "prepare"), ("system", "Procfile"));

    private static Statement? Run(SourceText text, int line, int endLine, string file, string target, string commands) =>
        Does(target, commands) is { } does and ("deploy" or "publish")
            ? text.State(StatementKind.Pipeline, "delivery script", line, endLine, $"{file}{(target.Length == 0 ? "" : $" target '{target}'")} {(does == "deploy" ? "puts a version in place" : "publishes a version")}.", ("name", target), ("does", does), ("system", "script"))
            : null;

    // What is released to an environment is put in place there, unless its commands only publish.
    private static string? Does(string target, string commands) =>
        JobWords.Does(target, commands) is var does && does == "publish" && Environments.Of(target) != Nearness.Unknown && JobWords.Does("", commands) != "publish" ? "deploy" : does;

    private static IEnumerable<Statement> Targets(SourceText text)
    {
        for (var at = 0; at < text.Lines.Count; at++)
        {
            if (Target().Match(text.Lines[at]) is not { Success: true } match)
            {
                continue;
            }

            var last = at;
            while (last + 1 < text.Lines.Count && last - at < LongestRecipe && text.Lines[last + 1] is { Length: > 0 } next && char.IsWhiteSpace(next[0]))
            {
                last++;
            }

            // A target without commands only gathers others.
            var commands = string.Join('\n', text.Lines.Skip(at + 1).Take(last - at).Select(line => line.TrimStart('\t', ' ', '@', '-')));
            if (commands.Trim().Length > 0 && JobWords.Does("", commands) is not "test" && Run(text, at + 1, Math.Min(last + 1, at + 1 + PipelineFacts.LongestStep), text.Path, match.Groups["name"].Value, commands) is { } statement)
            {
                yield return statement;
            }
        }
    }

    private static IEnumerable<Statement> Script(SourceText text, string name)
    {
        for (var at = 0; at < text.Lines.Count; at++)
        {
            var line = text.Lines[at];
            if (!line.AsSpan().TrimStart().StartsWith('#') && Run(text, at + 1, at + 1, name, "", line) is { } statement)
            {
                yield return statement;
                yield break;
            }
        }
    }

    // What runs before the service does, in the same container.
    private static IEnumerable<Statement> Start(SourceText text)
    {
        for (var at = 0; at < text.Lines.Count; at++)
        {
            if (!text.Lines[at].AsSpan().TrimStart().StartsWith('#') && JobWords.Does("", text.Lines[at]) == "migrate")
            {
                yield return text.State(StatementKind.Pipeline, "migration at start", at + 1, at + 1, "The container migrates the database when it starts.", ("does", "migrate"), ("system", "script"));
                yield break;
            }
        }
    }

    private static IEnumerable<Statement> Capistrano(SourceText text)
    {
        for (var at = 0; at < text.Lines.Count; at++)
        {
            if (CapistranoLine().IsMatch(text.Lines[at]))
            {
                yield return text.State(StatementKind.Pipeline, "delivery script", at + 1, at + 1, "Capistrano puts releases in place and keeps earlier ones.", ("does", "deploy"), ("system", "capistrano"));
                yield break;
            }
        }
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^(release|postdeploy):\s*(?<command>\S.{0,400})", Options, 10_000)]
    private static partial Regex ReleasePhase();

    [GeneratedRegex(@"^\s*""(deploy|release|publish)[\w:-]{0,40}""\s*:\s*""(?<command>[^""]{3,400})", Options, 10_000)]
    private static partial Regex NodeScript();

    [GeneratedRegex(@"^(?<name>[\w./-]{0,40}(deploy|release|promote|publish)[\w./-]{0,40})\s*:(?!=)", Options, 10_000)]
    private static partial Regex Target();

    [GeneratedRegex(@"^[\w.-]{0,40}(deploy|release|promote|publish)[\w-]{0,40}(\.sh|\.bash)?$", Options, 10_000)]
    private static partial Regex ScriptName();

    [GeneratedRegex(@"^[\w-]{0,30}(entrypoint|start|boot|run-web|run-server)[\w-]{0,20}(\.sh|\.bash)?$", Options, 10_000)]
    private static partial Regex StartName();

    [GeneratedRegex(@"migrat|db:|ecto|alembic|flyway|liquibase", Options, 10_000)]
    private static partial Regex Migrates();

    [GeneratedRegex(@"^\s*(set :(application|repo_url|repository)|require ['""]capistrano)", Options, 10_000)]
    private static partial Regex CapistranoLine();
}
