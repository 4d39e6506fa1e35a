using System.Globalization;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Rollouts;

/// <summary>
/// What the last review of a service's repository said, and whether that keeps a deploy from being asked for. Only reviews made from the files
/// count here, by the default persona's list: one that somebody submitted, or that answers a list somebody chose, must not open a gate.
/// </summary>
/// <param name="stores">None where no history is kept.</param>
internal sealed class ReviewedReadiness(IEnumerable<IReviewStore> stores)
{
    private const string Name = "readiness";
    private const int MostLookedAt = 20;

    public async Task<ReadinessStanding> OfAsync(Service service, bool isRollback, CancellationToken cancellationToken)
    {
        var (known, words) = await LookAsync(service, cancellationToken);
        var required = service.Rollouts.RequireReady && !isRollback;
        return new ReadinessStanding(
            new PlanFact(Name, words),
            required ? new PreflightCheck("ready for production", known == true, known == true ? words : $"{words} Services:{service.Name}:Rollouts:RequireReady asks for it.") : null);
    }

    private async Task<(bool? Ready, string Words)> LookAsync(Service service, CancellationToken cancellationToken)
    {
        if (service.Repository is not { } repository)
        {
            return (null, $"Not reviewed: Services:{service.Name}:Repository is not set.");
        }

        try
        {
            var kept = stores.FirstOrDefault() is { } store ? await store.LatestAsync(repository, ReadinessReview.DefaultPersona, MostLookedAt, cancellationToken) : [];
            return kept.FirstOrDefault(review => review.Author == KeptReview.Engine) is { } last
                ? (last.Review.Ready, Words(last))
                : (null, $"Not reviewed: there is no review of {repository}. 'sre-agent review {repository}' makes one.");
        }
        catch (StoreUnavailableException exception)
        {
            return (null, $"Not known: {exception.Message}");
        }
    }

    private static string Words(KeptReview kept)
    {
        var review = kept.Review;
        var missing = review.Questions.Where(question => question.Verdict == Verdict.Missing && question.Waived is null).Select(question => question.Id).ToArray();
        var partly = review.Questions.Where(question => question.Verdict == Verdict.Partly).Select(question => question.Id).ToArray();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(missing.Length > 0 ? $"Not ready: nothing answers {string.Join(", ", missing)}." : "Ready.")}{(partly.Length > 0 ? $" Partly answered: {string.Join(", ", partly)}." : "")} Reviewed {kept.At.UtcDateTime:yyyy-MM-dd HH:mm'Z'}{(review.Commit is { } commit ? $" at {commit[..Math.Min(12, commit.Length)]}" : "")} by the list of {review.Persona}.");
    }
}

/// <param name="Check">Absent when no review is asked for.</param>
internal sealed record ReadinessStanding(PlanFact Fact, PreflightCheck? Check);
