using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Documents;

/// <summary><c>personas check</c> and <c>skills check</c>: every problem of every file at once.</summary>
internal static class CheckDocuments
{
    public static Command Build<TCheck>(CommandHost host, string what)
        where TCheck : IDocumentCheck
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files or folders; without any, those in use", Arity = ArgumentArity.ZeroOrMore };
        var json = CommonOptions.Json();
        var command = new Command("check", $"Read {what} files as the host would, and say everything that is wrong with them") { paths, json };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var given = parse.GetValue(paths) ?? [];
            if (given.FirstOrDefault(path => !Path.Exists(path)) is { } missing)
            {
                throw new UsageException($"There is no file or folder '{missing}'.");
            }

            var rows = await services.GetRequiredService<TCheck>().CheckAsync(given, cancellationToken);
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, rows);
            }
            else
            {
                Print(host.Console, rows, what);
            }

            return rows.All(row => row.Loaded) ? ExitStatus.Fine : ExitStatus.No;
        });
        return command;
    }

    private static void Print(IConsoleIo console, IReadOnlyList<DocumentRow> rows, string what)
    {
        var ink = new Ink(console.Colour);
        foreach (var row in rows)
        {
            var mark = !row.Loaded ? ink.On("✗", Look.Red) : row.Problems.Any(problem => problem.Severity != "info") ? ink.On("!", Look.Yellow) : ink.On("✓", Look.Green);
            console.Out.WriteLine($"{mark} {SafeText.Line(row.Path)}  {ink.Dim(SafeText.Line(row.Loaded ? $"{row.Id} ({row.Dialect})" : "not loaded"))}");
            foreach (var problem in row.Problems)
            {
                console.Out.WriteLine($"    {(problem.Line > 0 ? $"line {problem.Line}, " : "")}{problem.Severity}: {SafeText.Line(problem.Message)}");
            }
        }

        console.Out.WriteLine(rows.Count == 0 ? $"No {what} file was found." : $"{rows.Count(row => row.Loaded)} of {rows.Count} loaded.");
    }
}
