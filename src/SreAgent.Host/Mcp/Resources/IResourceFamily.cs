using ModelContextProtocol.Protocol;

namespace SreAgent.Host.Mcp.Resources;

/// <summary>Resources of one scheme: <c>skill://</c>, <c>runbook://</c>, <c>evidence://</c>.</summary>
internal interface IResourceFamily
{
    /// <summary>Without the colon.</summary>
    string Scheme { get; }

    ResourceTemplate Template { get; }

    /// <summary>How long a client may keep what it read.</summary>
    TimeSpan FreshFor { get; }

    Task<IReadOnlyList<Resource>> ListAsync(CancellationToken cancellationToken);

    /// <param name="path">What follows <c>scheme://</c>, as it came in.</param>
    /// <returns>Null when there is no such resource, or it is not for this caller.</returns>
    Task<ResourceText?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>Values for a variable of the template, given those already filled in.</summary>
    Task<IReadOnlyList<string>> CompleteAsync(string variable, IReadOnlyDictionary<string, string> filled, CancellationToken cancellationToken);
}

internal sealed record ResourceText(string Text, string MimeType);
