using System.Net.Http.Headers;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>The App's token for its installation: lives for an hour, kept in memory, renewed early, by one caller at a time.</summary>
internal sealed class InstallationTokens(GitHubAppOptions app, ConnectionOptions options, IHttpClientFactory clients, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly SystemHttp _http = new(GitHubIntegration.SystemName, options, clients, GitHubErrors.Explain);
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private InstallationToken? _token;
    private string? _installation = app.InstallationId;

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (Good(_token) is { } ready)
        {
            return ready;
        }

        await _renewing.WaitAsync(cancellationToken);
        try
        {
            if (Good(_token) is { } renewed)
            {
                return renewed;
            }

            _installation ??= await FindAsync(cancellationToken);

            // One token more harms nobody, so unlike a write this may be asked again.
            _token = await _http.ReadAsync(
                Signed(HttpMethod.Post, $"app/installations/{_installation}/access_tokens"), Answer.Json(GitHubJson.Default.InstallationToken), cancellationToken);
            return _token.Token;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <summary>GitHub does not take it any more; the next caller gets a fresh one.</summary>
    public void Forget(string token)
    {
        if (_token is { } held && held.Token == token)
        {
            Interlocked.CompareExchange(ref _token, null, held);
        }
    }

    public Task<ApiApp> AppAsync(CancellationToken cancellationToken) =>
        _http.ReadAsync(Signed(HttpMethod.Get, "app"), Answer.Json(GitHubJson.Default.ApiApp), cancellationToken);

    public void Dispose() => _renewing.Dispose();

    private async Task<string> FindAsync(CancellationToken cancellationToken)
    {
        var all = await _http.ReadAsync(
            Signed(HttpMethod.Get, "app/installations?per_page=100"), Answer.Json(GitHubJson.Default.ListInstallation), cancellationToken);
        Installation[] fitting = [.. all.Where(one => app.Owner is null || string.Equals(one.Account?.Login, app.Owner, StringComparison.OrdinalIgnoreCase))];
        return fitting switch
        {
            [var only] => only.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
            [] => throw new ToolException(
                $"The App has no installation{(app.Owner is null ? "" : $" of {app.Owner}")}. Install it on the organisation, or correct {GitHubAppOptions.Path}:{nameof(app.Owner)}."),
            _ => throw new ToolException(
                $"The App has {fitting.Length} installations ({string.Join(", ", fitting.Take(10).Select(one => one.Account?.Login))}). Say which in {GitHubAppOptions.Path}:{nameof(app.Owner)} or {nameof(app.InstallationId)}."),
        };
    }

    private HttpRequestMessage Signed(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AppJwt.Sign(app, clock.GetUtcNow()));
        return request;
    }

    private string? Good(InstallationToken? token) => token is not null && token.ExpiresAt - Early > clock.GetUtcNow() ? token.Token : null;
}

/// <summary>Asks as the App's installation, unless a request already says who asks.</summary>
internal sealed class InstallationHandler(InstallationTokens tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is not null)
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var token = await tokens.GetAsync(cancellationToken);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.Unauthorized)
        {
            tokens.Forget(token);
        }

        return response;
    }
}
