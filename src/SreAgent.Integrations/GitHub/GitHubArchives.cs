using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// A repository's files in one piece. GitHub answers with the address of another host, codeload, that carries a token of its own: it is asked
/// without our credentials, and only when it is a host of the same GitHub.
/// </summary>
internal sealed class GitHubArchives(ConnectionOptions options, IHttpClientFactory clients)
{
    public const string ClientName = "GitHub archives";

    /// <summary>A repository of a gigabyte takes its time; whoever asks may give up sooner.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>What is unpacked is limited by whoever unpacks.</summary>
    private readonly ConnectionOptions _patient = options with { Timeout = Longest, MaxResponseBytes = long.MaxValue };

    /// <summary>The connection without anything that says who we are.</summary>
    public static ConnectionOptions AsNobody(ConnectionOptions connection) => connection with
    {
        Token = null,
        Username = null,
        Password = null,
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
        Tls = connection.Tls with { CertFile = null, KeyFile = null, ServerName = null },
    };

    /// <param name="path">Of the archive, below the API's address.</param>
    /// <param name="unpack">Is given the packed bytes; need not read all of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ToolException">It cannot be had.</exception>
    public async Task ReadAsync(string path, Func<Stream, CancellationToken, Task> unpack, CancellationToken cancellationToken)
    {
        var http = new SystemHttp(GitHubIntegration.SystemName, _patient, clients, GitHubErrors.Explain);
        var elsewhere = await http.ReadAsync(
            new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative)),
            new Answer<Uri?>(async (response, body, token) =>
            {
                if (response.StatusCode == HttpStatusCode.Found)
                {
                    return response.Headers.Location is { } location ? new Uri(options.BaseUrl, location)
                        : throw new ToolException($"{http.System} redirects /{path} without saying where to.");
                }

                await unpack(body, token); // Of a GitHub that keeps archives below its own address.
                return null;
            })
            {
                Also = HttpStatusCode.Found,
            },
            cancellationToken);
        if (elsewhere is not null)
        {
            await FetchAsync(elsewhere, path, unpack, cancellationToken);
        }
    }

    private async Task FetchAsync(Uri address, string path, Func<Stream, CancellationToken, Task> unpack, CancellationToken cancellationToken)
    {
        if (!GitHubAddress.IsArchiveHost(options.BaseUrl, address))
        {
            throw new ToolException(
                $"GitHub at {PlainAddress.Show(options.BaseUrl)} sends /{path} on to {address.Scheme}://{address.Authority}, which is no host of it; it was not followed. Check {options.Path}:BaseUrl; a proxy may be in between.");
        }

        var there = new SystemHttp(ClientName, AsNobody(_patient) with { BaseUrl = new Uri(address, "/") }, clients, static _ => null);
        await there.ReadAsync(
            new HttpRequestMessage(HttpMethod.Get, address),
            Answer.Of(async (body, token) =>
            {
                await unpack(body, token);
                return true;
            }),
            cancellationToken);
    }
}
