using SreAgent.Core.Changes;
using SreAgent.Core.Time;

namespace SreAgent.Core.Rollouts;

/// <summary>
/// A platform that runs applications from images: what <see cref="IRollouts"/> needs of it to plan, carry out and verify a deploy or
/// rollback. An integration implements it and hands itself over; it knows nothing of policy, metrics or code hosts. Every method throws
/// <see cref="Tools.ToolException"/> when it is refused.
/// </summary>
public interface IRolloutPlatform
{
    /// <summary>As its toolset is called: <c>fly</c>.</summary>
    string Name { get; }

    /// <summary>Releases, instances and their checks, as they are now.</summary>
    Task<Fleet> LookAsync(string app, CancellationToken cancellationToken);

    /// <summary>
    /// Finds the image a person or a release record means, and pins it: <c>v43</c>, <c>registry.fly.io/checkout:v43</c>, or one with a digest.
    /// Null when the registry has no such image (any more).
    /// </summary>
    Task<ImageDescription?> FindImageAsync(string app, string image, CancellationToken cancellationToken);

    /// <summary>How it would go about it, and what could be wrong with that. Changes nothing.</summary>
    Task<RolloutMethod> MethodAsync(RolloutOrder order, CancellationToken cancellationToken);

    /// <summary>
    /// Does it: every outside effect is a step of <paramref name="change"/>, so that a process that takes over goes on without repeating any.
    /// Returns a sentence when every instance was changed; throws when not, saying what is as it was and what is not.
    /// </summary>
    Task<string> ApplyAsync(RolloutOrder order, ChangeExecution change, IProgress<string> progress, CancellationToken cancellationToken);

    /// <summary>Log lines of the application within a window, oldest first, at most <paramref name="limit"/> of the newest.</summary>
    Task<IReadOnlyList<LogLine>> LogsAsync(string app, TimeRange range, int limit, CancellationToken cancellationToken);

    /// <summary>The call that brings the application back to a release, for a plan's remedy.</summary>
    Remedy RollbackCall(string service, Release release, bool automatic);
}

/// <summary>What is to run where, settled.</summary>
/// <param name="App">As the platform names it.</param>
/// <param name="Image">Pinned.</param>
/// <param name="Before">The application as it was looked at.</param>
/// <param name="IsRollback">A rollback must not run release commands again.</param>
/// <param name="Strategy">rolling, canary, bluegreen or immediate. Absent means what the application's own configuration says.</param>
public sealed record RolloutOrder(string App, ImageReference Image, Fleet Before, bool IsRollback, string? Strategy);

/// <param name="Executor">What does it: <c>flyctl 0.3.200</c>, <c>the Machines API</c>.</param>
/// <param name="Strategy">The one that will be used.</param>
/// <param name="Facts">What the approver should know: the strategy's own failure behaviour, a release command, configuration that changes.</param>
/// <param name="Checks">What speaks against it, or does not: a machine on an unreachable host, an invalid configuration file.</param>
public sealed record RolloutMethod(string Executor, string Strategy, IReadOnlyList<PlanFact> Facts, IReadOnlyList<PreflightCheck> Checks);

/// <param name="Reference">Pinned by digest.</param>
/// <param name="Labels">The image's own labels; the commit is in <see cref="CommitLabel"/>.</param>
public sealed record ImageDescription(ImageReference Reference, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>The OCI annotation for the source revision (opencontainers/image-spec, annotations.md).</summary>
    public const string CommitLabel = "org.opencontainers.image.revision";

    /// <summary>The commit the image says it was built from. Absent when it does not say.</summary>
    public string? Commit => Labels.GetValueOrDefault(CommitLabel) is { Length: > 0 } commit ? commit : null;
}

/// <param name="Level">As the application or platform says: <c>error</c>, <c>info</c>.</param>
/// <param name="Text">Outside text.</param>
public sealed record LogLine(DateTimeOffset At, string Level, string Instance, string Region, string Text);
