using System.Net.Http.Headers;
using System.Text;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Http;

/// <summary>Says who we are, with the token as it stands in its file at this moment, and which approved change a request is part of.</summary>
internal sealed class AuthenticationHandler(ConnectionOptions options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (options.Token is { } token)
        {
            request.Headers.Authorization = options.Authorize(Read(token, "TokenFile"));
        }
        else if (options.Username is { } username)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(username, Read(options.Password!, "PasswordFile")));
        }

        foreach (var (name, value) in options.Headers)
        {
            request.Headers.Remove(name);
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (ChangeInProgress.Id is { } change)
        {
            request.Headers.TryAddWithoutValidation(ChangeInProgress.Header, change.Value);
        }

        return base.SendAsync(request, cancellationToken);
    }

    public static string Basic(string username, string password) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}"));

    private string Read(SecretValue secret, string setting)
    {
        string value;
        try
        {
            value = secret.Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{options.Path}:{setting} could not be read ({e.GetType().Name}); nothing was sent. Check that the file exists and this user may read it.", e);
        }

        if (value.Length == 0 || value.AsSpan().ContainsAny('\r', '\n'))
        {
            throw new ToolException($"{options.Path}:{setting} is empty or has several lines; nothing was sent. It must hold the secret alone.");
        }

        return value;
    }
}
