namespace SreAgent.Integrations.Alertmanager;

/// <summary>
/// The parts of Alertmanager's API v2 this host uses, a method per endpoint. Works from 0.25 on; v1 is never used. Every method throws
/// <see cref="Core.Tools.ToolException"/> when it is refused.
/// </summary>
internal interface IAlertmanagerApi
{
    /// <summary>GET /api/v2/status.</summary>
    Task<AlertmanagerStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>GET /api/v2/alerts: those all of <paramref name="matchers"/> match, whatever their state.</summary>
    Task<IReadOnlyList<GettableAlert>> AlertsAsync(IReadOnlyList<AlertMatcher> matchers, CancellationToken cancellationToken);

    /// <summary>GET /api/v2/silences: all of them, expired ones included.</summary>
    Task<IReadOnlyList<GettableSilence>> SilencesAsync(CancellationToken cancellationToken);

    /// <summary>One of GET /api/v2/silences. Absent when there is none.</summary>
    Task<GettableSilence?> SilenceAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>POST /api/v2/silences.</summary>
    /// <returns>The new silence's id.</returns>
    Task<string> CreateSilenceAsync(PostableSilence silence, CancellationToken cancellationToken);

    /// <summary>DELETE /api/v2/silence/{id}: ends it; it stays listed as expired.</summary>
    Task ExpireSilenceAsync(Guid id, CancellationToken cancellationToken);
}
