using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Review;

/// <summary>Reviews one subject after another. One that cannot be reviewed does not stop the others; the worst decides how it ends.</summary>
/// <param name="services">For what only a pull request takes: composing it costs more than reviewing a small folder.</param>
internal sealed class ReviewSubjectsRun(IConsoleIo console, IReviewRuns runs, IServiceProvider services, TimeProvider clock)
{
    public async Task<int> RunAsync(ReviewOrder order, CancellationToken cancellationToken)
    {
        if (order.Post)
        {
            ReviewPost.Demand(order.Subjects);
        }

        var several = order.Subjects.Count > 1;
        if (order.Format == ReviewFormat.Json)
        {
            _ = Task.Run(() => JsonOutput.Prepare<ReviewDocument>(console), CancellationToken.None);
        }

        var output = new ReviewOutput(console, order.Format, several);
        var progress = new ReviewProgress(console, clock);
        var worst = ExitStatus.Fine;
        for (var i = 0; i < order.Subjects.Count; i++)
        {
            progress.Report(string.Create(CultureInfo.InvariantCulture, $"Reviewing {order.Subjects[i]}{(several ? $" ({i + 1} of {order.Subjects.Count})" : "")}."));
            worst = Math.Max(worst, await OneAsync(order, order.Subjects[i], output, progress, cancellationToken));
        }

        output.End();
        return worst;
    }

    private async Task<int> OneAsync(ReviewOrder order, string subject, ReviewOutput output, ReviewProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var reviewed = await ReviewAsync(order, subject, progress, cancellationToken);
            progress.Clear();
            output.Write(reviewed);
            if (reviewed.Run.NotKept is { } why)
            {
                Say($"This review is not in the history: {why}");
            }

            var verdict = !reviewed.Run.Publishable || order.FailOn.Fails(reviewed.Review) ? ExitStatus.No : ExitStatus.Fine;
            return order.Post && reviewed.Run.Publishable ? Math.Max(verdict, await new ReviewPost(console, services.GetRequiredService<IToolInvoker>()).RunAsync(order, subject, progress, cancellationToken)) : verdict;
        }
        catch (ToolException exception)
        {
            progress.Clear();
            Say(exception.Message);
            return exception.Retryable ? ExitStatus.Unreachable : ExitStatus.Usage;
        }
        catch (Exception exception) when (order.Subjects.Count > 1 && exception is not OperationCanceledException)
        {
            progress.Clear();
            Say($"{subject} was not reviewed. This is a mistake in sre-agent, not yours: {exception.GetType().Name}: {exception.Message}");
            return ExitStatus.No;
        }
        finally
        {
            progress.Clear();
        }
    }

    private async Task<ReviewedSubject> ReviewAsync(ReviewOrder order, string subject, IProgress<string> progress, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(subject) && RepositorySubject.TryParse(subject) is { PullRequest: { } number } named && services.GetService<IPullRequestReviews>() is { } host)
        {
            var change = await host.ReviewAsync(named.Repository, number, order.Persona, progress, cancellationToken);
            return new ReviewedSubject(change.Run, change);
        }

        return new ReviewedSubject(await runs.RunAsync(new ReviewRequest(subject, order.Persona) { Reference = order.Reference }, progress, cancellationToken), Change: null);
    }

    private void Say(string sentence) => console.Error.WriteLine(SafeText.Lines(Redactor.WithoutConfiguredValues.Redact(sentence)));
}
