namespace SreAgent.Integrations.Http;

/// <summary>Addresses fit to be shown and joined: no credentials, a slash at the end.</summary>
internal static class PlainAddress
{
    public static Uri WithSlash(Uri address)
    {
        var plain = new UriBuilder(address) { UserName = "", Password = "", Query = "", Fragment = "" };
        if (!plain.Path.EndsWith('/'))
        {
            plain.Path += "/";
        }

        return plain.Uri;
    }

    /// <summary>For sentences: no credentials, no query, no slash at the end.</summary>
    public static string Show(Uri address) =>
        address.IsAbsoluteUri
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
            : address.OriginalString.Split('?')[0];
}
