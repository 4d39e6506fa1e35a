using System.Net.Http.Headers;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Http;

/// <summary>How to reach one system, and as whom. The part of every integration's settings that is the same.</summary>
internal sealed record ConnectionOptions
{
    /// <summary>The settings section, for messages: <c>Integrations:Prometheus</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Without credentials, ending in a slash.</summary>
    public required Uri BaseUrl { get; init; }

    /// <summary>The setting <see cref="BaseUrl"/> was read from, for messages; a system with several addresses has several.</summary>
    public string AddressSetting { get; init; } = nameof(BaseUrl);

    /// <summary>The address people open, when it is not <see cref="BaseUrl"/>.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>The environment its calls act on. Absent means the strictest configured.</summary>
    public string? Environment { get; init; }

    /// <summary>Sent as <see cref="Authorize"/> words it.</summary>
    public SecretValue? Token { get; init; }

    /// <summary>How the token travels: <c>Authorization: Bearer</c> unless the system wants another scheme.</summary>
    public Func<string, AuthenticationHeaderValue> Authorize { get; init; } = static token => new AuthenticationHeaderValue("Bearer", token);

    public string? Username { get; init; }

    public SecretValue? Password { get; init; }

    /// <summary>Sent as they are with every request; their values count as secrets.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public TlsOptions Tls { get; init; } = new();

    /// <summary>One call, retries and body included. 1 to 600 s, 30 by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Larger answers are refused while they are read. 1 MB to 1,024 MB, 64 by default.</summary>
    public long MaxResponseBytes { get; init; } = 64L << 20;

    /// <summary>Where links lead.</summary>
    public Uri PublicUrl => ExternalUrl ?? BaseUrl;

    /// <summary>Reads the common settings; what is wrong is in the reader's problems. The system's own settings are read by the caller.</summary>
    /// <param name="settings">The system's section.</param>
    /// <param name="usual">The address of a system that has only one in the world; without it the setting is required.</param>
    /// <returns>Absent when there is no usable address.</returns>
    public static ConnectionOptions? Read(SettingsReader settings, Uri? usual = null)
    {
        var address = settings.Address(nameof(BaseUrl)) ?? (settings.Text(nameof(BaseUrl)) is null ? usual : null);
        if (address is null && settings.Text(nameof(BaseUrl)) is null)
        {
            settings.Problem(nameof(BaseUrl), "is required, such as http://localhost:9090");
        }

        var token = Secret(settings, nameof(Token), "TokenFile");
        var password = Secret(settings, nameof(Password), "PasswordFile");
        var username = settings.Text(nameof(Username));
        var headers = settings.Map(nameof(Headers));
        var external = settings.Address(nameof(ExternalUrl));
        var tls = TlsOptions.Read(settings.Section(nameof(Tls)));
        (username, password) = FromAddress(settings, address, username, password);
        CheckIdentity(settings, token, username, password, headers);
        if (address?.Scheme == "http" && !tls.IsDefault)
        {
            settings.Problem(nameof(Tls), "has no effect on an http:// address; use https:// in BaseUrl");
        }

        var options = new ConnectionOptions
        {
            Path = settings.Path,
            BaseUrl = address is null ? new Uri("http://missing.invalid/") : PlainAddress.WithSlash(address),
            ExternalUrl = external is null ? null : PlainAddress.WithSlash(external),
            Environment = settings.Text(nameof(Environment)),
            Token = token,
            Username = username,
            Password = password,
            Headers = headers,
            Tls = tls,
            Timeout = TimeSpan.FromSeconds(settings.Number("TimeoutSeconds", 30, 1, 600)),
            MaxResponseBytes = (long)settings.Number("MaxResponseMegabytes", 64, 1, 1024) << 20,
        };
        return address is null ? null : options;
    }

    /// <summary>Everything in these settings that must never be shown. Basic credentials also in the form they travel in.</summary>
    public IEnumerable<string> Secrets()
    {
        if (Token?.TryRead() is { } token)
        {
            yield return token;
        }

        if (Password?.TryRead() is { } password)
        {
            yield return password;
            yield return AuthenticationHandler.Basic(Username ?? "", password);
        }

        foreach (var header in Headers.Values)
        {
            yield return header;
        }
    }

    private static SecretValue? Secret(SettingsReader settings, string name, string fileName)
    {
        var value = settings.Text(name);
        var file = settings.File(fileName);
        if (value is not null && file is not null)
        {
            settings.Problem(fileName, $"and {name} are both given; keep one");
        }

        return file is not null ? SecretValue.InFile(file) : value is not null ? SecretValue.Literal(value) : null;
    }

    /// <summary>Takes <c>user:password@</c> out of an address into the settings it should have been in.</summary>
    private static (string? Username, SecretValue? Password) FromAddress(SettingsReader settings, Uri? address, string? username, SecretValue? password)
    {
        if (address is null || address.UserInfo.Length == 0)
        {
            return (username, password);
        }

        if (username is not null || password is not null)
        {
            settings.Problem(nameof(BaseUrl), "carries credentials although Username or Password are given too; keep one");
        }

        var parts = address.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), SecretValue.Literal(Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "")));
    }

    private static void CheckIdentity(
        SettingsReader settings, SecretValue? token, string? username, SecretValue? password, IReadOnlyDictionary<string, string> headers)
    {
        if (username is null != password is null)
        {
            settings.Problem(username is null ? nameof(Username) : nameof(Password), "is needed too: basic authentication takes a user name and a password");
        }

        var ways = new[] { token is not null, username is not null, headers.ContainsKey("Authorization") }.Count(given => given);
        if (ways > 1)
        {
            settings.Problem(nameof(Token), "Username and an Authorization header exclude each other; keep one");
        }

        foreach (var (name, value) in headers)
        {
            using var probe = new HttpRequestMessage();
            if (!probe.Headers.TryAddWithoutValidation(name, value) || value.AsSpan().ContainsAny('\r', '\n'))
            {
                settings.Problem($"{nameof(Headers)}:{name}", "is not a header that can be sent with a request");
            }
        }
    }
}
