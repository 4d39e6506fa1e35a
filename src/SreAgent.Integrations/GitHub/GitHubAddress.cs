namespace SreAgent.Integrations.GitHub;

/// <summary>Addresses GitHub gives us, and the site that belongs to an interface.</summary>
internal static class GitHubAddress
{
    /// <summary>The part of an address below ours, query included; null when it lies elsewhere. Credentials travel no further.</summary>
    public static string? Below(Uri api, Uri address) =>
        address.IsAbsoluteUri && address.AbsoluteUri.StartsWith(api.AbsoluteUri, StringComparison.Ordinal) ? address.AbsoluteUri[api.AbsoluteUri.Length..] : null;

    /// <summary>Where people look: github.com for api.github.com, HOST for HOST/api/v3 (Enterprise Server), TENANT.ghe.com for api.TENANT.ghe.com.</summary>
    public static Uri Site(Uri api) =>
        api.AbsolutePath.EndsWith("/api/v3/", StringComparison.Ordinal) ? new Uri(api, api.AbsolutePath[..^"api/v3/".Length])
        : api.Host == "api.github.com" || (api.Host.StartsWith("api.", StringComparison.Ordinal) && api.Host.EndsWith(".ghe.com", StringComparison.Ordinal))
            ? new UriBuilder(api) { Host = api.Host["api.".Length..], Path = "/" }.Uri
        : api;

    /// <summary>
    /// Whether archives may be fetched there: the API's own host, its site, or codeload beside it (codeload.github.com, codeload.TENANT.ghe.com,
    /// codeload.HOST), never less secure than the API. A GitHub on this machine, such as the lab's, may use any port of it.
    /// </summary>
    public static bool IsArchiveHost(Uri api, Uri address)
    {
        if (!address.IsAbsoluteUri || address.UserInfo.Length > 0 || !(address.Scheme == "https" || (address.Scheme == "http" && api.Scheme == "http")))
        {
            return false;
        }

        var site = Site(api);
        return (api.IsLoopback && address.IsLoopback)
            || (address.Port == api.Port && (address.Host == api.Host || address.Host == site.Host || address.Host == $"codeload.{site.Host}"));
    }

    /// <summary>A page GitHub names, if it is one.</summary>
    public static Uri? Page(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var page) && page.Scheme is "http" or "https" ? page : null;
}
