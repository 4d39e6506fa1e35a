using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>A job of a pipeline with what it waits for.</summary>
/// <param name="Id">As other jobs name it.</param>
/// <param name="Does">As <see cref="JobWords"/> says; null for what only stands between others.</param>
/// <param name="Needs">Ids of the jobs before it.</param>
internal sealed record DeliveryJob(string Id, string Name, string? Does, Nearness Where, IReadOnlyList<string> Needs, int Line, int EndLine)
{
    /// <summary>A person has to let it go on.</summary>
    public bool Approved { get; init; }
}

/// <summary>Whether a pipeline tries a release out before production gets it.</summary>
internal static class StagedDelivery
{
    private const int Farthest = 12;

    /// <param name="inOrder">Jobs run in the order they stand in, where they do not say what they need.</param>
    public static IEnumerable<Statement> Of(SourceText text, string system, IReadOnlyList<DeliveryJob> jobs, bool inOrder)
    {
        for (var at = 0; at < jobs.Count; at++)
        {
            if (jobs[at] is { Does: "deploy", Where: Nearness.Production } last && (Before(jobs, at, inOrder).FirstOrDefault(job => job is { Does: "deploy", Where: Nearness.Before } || job.Approved) ?? (last.Approved ? last : null)) is { } first)
            {
                yield return text.State(StatementKind.DeployStrategy, "staged delivery", last.Line, last.EndLine,
                    first is { Does: "deploy", Where: Nearness.Before } ? $"{system} job '{last.Name}' delivers to production what job '{first.Name}' put in place before it." : $"{system} job '{last.Name}' delivers to production once somebody agrees.",
                    ("strategy", "staged"), ("service", last.Name));
                yield break;
            }
        }
    }

    /// <summary>Where one workflow delivers to production and another to where it is tried: each begins by itself, a branch with one and a tag with the other.</summary>
    public static IEnumerable<Statement> Apart(SourceText text, string system, IReadOnlyList<IReadOnlyList<DeliveryJob>> workflows)
    {
        foreach (var (last, own) in workflows.SelectMany(jobs => jobs.Select(job => (job, jobs))).Where(pair => pair.job is { Does: "deploy", Where: Nearness.Production }))
        {
            if (workflows.Where(jobs => !ReferenceEquals(jobs, own)).SelectMany(jobs => jobs).FirstOrDefault(job => job is { Does: "deploy", Where: Nearness.Before }) is { } first)
            {
                yield return text.State(StatementKind.DeployStrategy, "staged delivery", last.Line, last.EndLine, $"{system} job '{last.Name}' delivers to production, job '{first.Name}' of another workflow to where it is tried before.", ("strategy", "staged"), ("service", last.Name));
                yield break;
            }
        }
    }

    private static IEnumerable<DeliveryJob> Before(IReadOnlyList<DeliveryJob> jobs, int at, bool inOrder)
    {
        if (inOrder && jobs[at].Needs.Count == 0)
        {
            return jobs.Take(at);
        }

        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(jobs[at].Needs));
        while (seen.Count < Farthest && waiting.TryDequeue(out var id))
        {
            if (seen.Add(id))
            {
                foreach (var need in jobs.Where(job => string.Equals(job.Id, id, StringComparison.Ordinal)).SelectMany(job => job.Needs))
                {
                    waiting.Enqueue(need);
                }
            }
        }

        return jobs.Where(job => seen.Contains(job.Id));
    }
}
