using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SreAgent.Integrations.Git;

/// <summary>
/// Where a remote is, in one of the few forms that start no program of the address's choosing. Never carries a password.
/// </summary>
/// <param name="Text">As git takes it.</param>
/// <param name="Protocol">The only one git may speak on its behalf.</param>
internal sealed partial record RemoteAddress(string Text, string Protocol)
{
    /// <summary>Scheme, host and port that credentials are for. Absent where none are asked.</summary>
    public string? Origin { get; private init; }

    public bool MayCarryCredentials => Origin?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true || IsLoopback;

    private bool IsLoopback => Origin is not null && new Uri(Origin).IsLoopback;

    /// <param name="text">What the settings, or a clone's configuration, say.</param>
    /// <param name="address">The address, when it is one.</param>
    /// <param name="wrong">What it must be instead, without repeating it: it may carry a password.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RemoteAddress? address, out string wrong)
    {
        wrong = "must be an https, ssh or file address without a password, user@host:path, or an absolute path";
        address = null;
        if (text.Any(char.IsControl) || text.StartsWith('-') || text.Contains("::", StringComparison.Ordinal))
        {
            return false;
        }

        if (text.StartsWith('/'))
        {
            address = new RemoteAddress(text, "file");
        }
        else if (Copied().IsMatch(text))
        {
            address = new RemoteAddress(text, "ssh");
        }
        else if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && !uri.UserInfo.Contains(':', StringComparison.Ordinal) && !uri.Host.StartsWith('-'))
        {
            address = uri.Scheme switch
            {
                "https" or "http" when uri.UserInfo.Length == 0 => new RemoteAddress(text, uri.Scheme) { Origin = uri.GetLeftPart(UriPartial.Authority) },
                "ssh" when !uri.UserInfo.StartsWith('-') => new RemoteAddress(text, "ssh"),
                "file" when uri.Host.Length == 0 => new RemoteAddress(text, "file"),
                _ => null,
            };
        }

        return address is not null;
    }

    public override string ToString() => Text;

    /// <summary>As scp writes it. Neither user, host nor path may look like an option.</summary>
    [GeneratedRegex(@"^([A-Za-z0-9_][A-Za-z0-9_.-]*@)?[A-Za-z0-9][A-Za-z0-9.-]*:(?!//)[A-Za-z0-9_~/][^\s:]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Copied();
}
