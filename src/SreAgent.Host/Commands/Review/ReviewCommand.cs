using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Host.Terminal;

namespace SreAgent.Host.Commands.Review;

/// <summary>Is it ready for production? Says so from the files alone, each verdict with the place that shows it.</summary>
internal sealed class ReviewCommand : IHostCommand
{
    private readonly Argument<string[]> _subjects = new("PATH") { Description = "Folders, or owner/repo, owner/repo@ref, owner/repo#PR; without any, the folder you are in", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _reference = new("--ref") { Description = "Review this branch, tag or commit of the clone at PATH, and not the files on disk", HelpName = "REF" };
    private readonly Option<string?> _persona = new("--persona", "-p") { Description = $"Whose must-answer list is answered; {ReadinessReview.DefaultPersona} by default", HelpName = "ID" };
    private readonly Option<FailingVerdict> _failOn = new("--fail-on")
    {
        Description = "Exit 1 when a question is missing (default), when one is not fully answered (partly), or never",
        HelpName = "missing|partly|never",
        CustomParser = static result => Verdict(result),
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON document on standard output; of several PATHs one a line" };
    private readonly Option<bool> _markdown = new("--markdown") { Description = "Print a Markdown document" };
    private readonly Option<bool> _sarif = new("--sarif") { Description = "Print a SARIF 2.1.0 log, for code scanning" };
    private readonly Option<bool> _post = new("--post") { Description = "Keep one comment and a commit status at the pull request up to date with this review" };
    private readonly Option<bool> _history = new("--history") { Description = "What earlier reviews said, of PATH or of everything, and where it is heading; reviews nothing" };

    public Command Build(CommandHost host)
    {
        var command = new Command("review", "Is it ready for production? Answers the must-answer list from the files, each verdict with file and line")
        {
            _subjects, _reference, _persona, _failOn, _json, _markdown, _sarif, _post, _history,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(_subjects) ?? []).FirstOrDefault(subject => subject.StartsWith('-')) is { } option)
            {
                result.AddError($"{option} is no option of review. A folder whose name begins like one is given as ./{option}.");
            }

            if (new[] { _json, _markdown, _sarif }.Count(option => result.GetValue(option)) > 1)
            {
                result.AddError("Only one of --json, --markdown and --sarif can be given.");
            }

            if (result.GetValue(_history) && (result.GetValue(_markdown) || result.GetValue(_sarif)))
            {
                result.AddError("--history is told as text or with --json.");
            }

            if (result.GetValue(_history) && result.GetValue(_post))
            {
                result.AddError("--history reviews nothing, so there is nothing to --post.");
            }
        });
        host.SetAction(command, (services, parse, cancellationToken) =>
            parse.GetValue(_history)
                ? ReviewHistory.ShowAsync(host.Console, services, new HistoryQuestion(parse.GetValue(_subjects) ?? [], parse.GetValue(_reference), parse.GetValue(_persona)), parse.GetValue(_json), cancellationToken)
                : RunAsync(host.Console, services, parse, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(IConsoleIo console, IServiceProvider services, ParseResult parse, CancellationToken cancellationToken)
    {
        // Personas are read while the rest is composed.
        var persona = Task.Run(() => CommonOptions.Resolve(services.GetRequiredService<IPersonaCatalogue>(), parse.GetValue(_persona) ?? ReadinessReview.DefaultPersona), cancellationToken);
        var run = ActivatorUtilities.CreateInstance<ReviewSubjectsRun>(services, console);
        return await run.RunAsync(
            new ReviewOrder(parse.GetValue(_subjects) is [_, ..] subjects ? subjects : ["."], parse.GetValue(_reference), await persona, parse.GetValue(_failOn), Format(parse)) { Post = parse.GetValue(_post) },
            cancellationToken);
    }

    private ReviewFormat Format(ParseResult parse) =>
        parse.GetValue(_json) ? ReviewFormat.Json : parse.GetValue(_markdown) ? ReviewFormat.Markdown : parse.GetValue(_sarif) ? ReviewFormat.Sarif : ReviewFormat.Page;

    private static FailingVerdict Verdict(System.CommandLine.Parsing.ArgumentResult result)
    {
        switch (result.Tokens.Single().Value)
        {
            case "missing":
                return FailingVerdict.Missing;
            case "partly":
                return FailingVerdict.Partly;
            case "never":
                return FailingVerdict.Never;
            default:
                result.AddError($"--fail-on takes missing, partly or never, not '{result.Tokens.Single().Value}'.");
                return default;
        }
    }
}

/// <summary>What the command line asks for.</summary>
internal sealed record ReviewOrder(IReadOnlyList<string> Subjects, string? Reference, Persona Persona, FailingVerdict FailOn, ReviewFormat Format)
{
    /// <summary>Also at the pull request.</summary>
    public bool Post { get; init; }
}
