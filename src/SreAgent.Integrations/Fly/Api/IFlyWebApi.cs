using System.Text.Json;

namespace SreAgent.Integrations.Fly.Api;

/// <summary>What lives at api.fly.io: releases and logs. Known from the vendor's own client only; Fly publishes no description of it.</summary>
internal interface IFlyWebApi
{
    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<FlyRelease>> ReleasesAsync(string app, int limit, CancellationToken cancellationToken);

    /// <summary>fly.toml as the newest release keeps it: what flyctl deploys with when it is given no file. Null when there is none.</summary>
    Task<JsonElement?> DefinitionAsync(string app, CancellationToken cancellationToken);

    /// <summary>At most 100 lines, oldest first: those after <paramref name="nextToken"/>, or the newest.</summary>
    /// <param name="app">Whose.</param>
    /// <param name="nextToken">Nanoseconds since 1970.</param>
    /// <param name="instance">A machine's id.</param>
    /// <param name="region">Its code.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<FlyLogs> LogsAsync(string app, string? nextToken, string? instance, string? region, CancellationToken cancellationToken);
}

/// <summary>Fly's image registry (OCI distribution specification, v2), with the same token.</summary>
internal interface IFlyRegistry
{
    /// <summary>Null when there is no such image.</summary>
    /// <param name="repository">The application's name, as a rule.</param>
    /// <param name="reference">A tag or a digest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<FlyRegistryImage?> FindAsync(string repository, string reference, CancellationToken cancellationToken);
}

/// <param name="Digest">Of the manifest's own bytes.</param>
/// <param name="Labels">Empty when the image has none, or its configuration could not be read.</param>
internal sealed record FlyRegistryImage(string Digest, IReadOnlyDictionary<string, string> Labels);
