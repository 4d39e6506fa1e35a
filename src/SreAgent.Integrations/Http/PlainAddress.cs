using SreAgent.Core.Tools;

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

    /// <summary>Any text as one segment of a path. Dots alone would climb however they are escaped, and nothing at all would be another path.</summary>
    /// <exception cref="ToolException">It is one of these.</exception>
    public static string Segment(string text, string what) =>
        text is "" or "." or ".." ? throw new ToolException($"'{text}' cannot be asked for: it is not {what}.") : Uri.EscapeDataString(text);

    /// <summary>For sentences: no credentials, no query, no slash at the end.</summary>
    public static string Show(Uri address) =>
        address.IsAbsoluteUri
            ? address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/')
            : address.OriginalString.Split('?')[0];
}
