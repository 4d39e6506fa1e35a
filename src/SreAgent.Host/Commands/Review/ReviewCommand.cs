using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands.Review;

/// <summary>Is it ready for production? Says so from the files alone, each verdict with the place that shows it.</summary>
internal sealed class ReviewCommand : IHostCommand
{
    private const string DefaultPersona = "sre-operator";

    public Command Build(CommandHost host)
    {
        var subjects = new Argument<string[]>("PATH") { Description = "Folders, or owner/repo, owner/repo@ref, owner/repo#PR", Arity = ArgumentArity.ZeroOrMore };
        var reference = new Option<string?>("--ref") { Description = "Review this branch, tag or commit of the clone at PATH, not the files on disk", HelpName = "REF" };
        var persona = CommonOptions.Persona();
        persona.Description = $"Whose must-answer list is answered; {DefaultPersona} by default";
        var failOn = new Option<FailOn>("--fail-on") { Description = "Exit 1 when a question is missing, is not fully answered (partly), or never", HelpName = "missing|partly|never" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document on standard output; of several PATHs one a line" };
        var command = new Command("review", "Is it ready for production? Answers the must-answer list from the files, each verdict with file and line") { subjects, reference, persona, failOn, json };
        host.SetAction(command, async (services, parse, cancellationToken) =>
        {
            var given = parse.GetValue(subjects) is { Length: > 0 } named ? named : ["."];
            var lens = CommonOptions.Resolve(services.GetRequiredService<IPersonaCatalogue>(), parse.GetValue(persona) ?? DefaultPersona);
            var worst = ExitStatus.Fine;
            foreach (var subject in given)
            {
                var request = new ReviewRequest(subject, lens) { Reference = parse.GetValue(reference) };
                try
                {
                    var run = await services.GetRequiredService<IReviewRuns>().RunAsync(request, new Progress<string>(), cancellationToken);
                    var document = ReviewDocument.Of(run);
                    if (given.Length > 1)
                    {
                        await host.Console.Out.WriteLineAsync(JsonOutput.Line(document));
                    }
                    else
                    {
                        JsonOutput.Write(host.Console, document);
                    }

                    worst = Math.Max(worst, FailsOn(parse.GetValue(failOn), run.Review) ? ExitStatus.No : ExitStatus.Fine);
                }
                catch (ToolException exception) when (given.Length > 1)
                {
                    await host.Console.Error.WriteLineAsync(SafeText.Line(exception.Message));
                    worst = Math.Max(worst, exception.Retryable ? ExitStatus.Unreachable : ExitStatus.Usage);
                }
            }

            return worst;
        });
        return command;
    }

    private static bool FailsOn(FailOn failOn, ReadinessReview review) => failOn switch
    {
        FailOn.Never => false,
        FailOn.Partly => review.Questions.Any(question => question.Verdict != Verdict.Answered && question.Waived is null),
        _ => !review.Ready,
    };
}
