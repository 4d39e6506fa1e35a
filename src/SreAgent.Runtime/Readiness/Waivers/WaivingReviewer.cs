using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Waivers;

/// <summary>A review with the waivers of the reviewed tree applied.</summary>
internal sealed class WaivingReviewer(IReadinessReviewer reviewer, TimeProvider clock) : IReadinessReviewer
{
    public async Task<ReadinessReview> ReviewAsync(ISourceTree tree, Persona persona, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var review = await reviewer.ReviewAsync(tree, persona, progress, cancellationToken);
        var waivers = await WaiversOf.TreeAsync(tree, cancellationToken);
        return waivers.ApplyTo(review, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));
    }
}
