using System.Net;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.GitHub;

/// <summary>
/// How GitHub wants to be asked: with its media type and version, not beyond its limits, and after what has moved. A limit that passes
/// within seconds is waited for, a longer one is told to whoever asked. A write is never sent a second time.
/// </summary>
internal sealed class GitHubManners(ConnectionOptions options, RateLimits limits, TimeProvider clock) : DelegatingHandler
{
    private const string MediaType = "application/vnd.github+json";
    private const string ApiVersion = "2022-11-28";
    private const int MostMoves = 3;
    private const int MessageBytes = 64 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var resource = ResourceOf(request);
        Dress(request);
        if (limits.Stopped(resource) is { } stop)
        {
            await WaitAsync(request, stop, cancellationToken);
        }

        var response = await FollowedAsync(request, cancellationToken);
        if (await LimitAsync(resource, response, cancellationToken) is not { } met)
        {
            return response;
        }

        response.Dispose();
        if (request.Method != HttpMethod.Get)
        {
            throw Stopped(request, met);
        }

        await WaitAsync(request, met, cancellationToken);
        response = await FollowedAsync(request, cancellationToken);
        if (await LimitAsync(resource, response, cancellationToken) is { } again)
        {
            response.Dispose();
            throw Stopped(request, again);
        }

        return response;
    }

    /// <summary>Search has a budget of its own.</summary>
    private string ResourceOf(HttpRequestMessage request) =>
        GitHubAddress.Below(options.BaseUrl, request.RequestUri!)?.StartsWith("search/", StringComparison.Ordinal) == true ? "search" : "core";

    private static void Dress(HttpRequestMessage request)
    {
        if (!request.Headers.Contains("X-GitHub-Api-Version"))
        {
            request.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        }

        if (!request.Headers.Accept.Any(accepted => accepted.MediaType?.StartsWith("application/vnd.github", StringComparison.Ordinal) == true))
        {
            request.Headers.Accept.Clear();
            request.Headers.Accept.ParseAdd(MediaType);
        }
    }

    /// <summary>Goes after a read that was moved (a renamed repository), as long as it stays within this system.</summary>
    private async Task<HttpResponseMessage> FollowedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var moves = 0; moves < MostMoves && request.Method == HttpMethod.Get && IsMoved(response.StatusCode); moves++)
        {
            if (response.Headers.Location is not { } location || GitHubAddress.Below(options.BaseUrl, new Uri(request.RequestUri!, location)) is not { } path)
            {
                return response;
            }

            response.Dispose();
            using var moved = new HttpRequestMessage(HttpMethod.Get, new Uri(options.BaseUrl, path));
            foreach (var header in request.Headers)
            {
                moved.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            response = await base.SendAsync(moved, cancellationToken);
        }

        return response;
    }

    private static bool IsMoved(HttpStatusCode status) =>
        status is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    private async Task<RateLimitStop?> LimitAsync(string resource, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!RateLimits.MayBeLimit(response))
        {
            limits.Passed(resource, response);
            return null;
        }

        await response.Content.LoadIntoBufferAsync(MessageBytes, cancellationToken);
        return limits.Refused(resource, response, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    private async Task WaitAsync(HttpRequestMessage request, RateLimitStop stop, CancellationToken cancellationToken)
    {
        var wait = stop.Until - clock.GetUtcNow();
        if (wait > LongestWait)
        {
            throw Stopped(request, stop);
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    private ToolException Stopped(HttpRequestMessage request, RateLimitStop stop)
    {
        var isRead = request.Method == HttpMethod.Get;
        var wait = stop.Until - clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
        var why = stop.IsPause ? "asks for a pause (its secondary rate limit)" : $"has no requests left for us this hour ({ResourceOf(request)} rate limit)";
        return new ToolException(
            $"GitHub at {PlainAddress.Show(options.BaseUrl)} {why} until {stop.Until:u}, in {Math.Ceiling(wait.TotalSeconds):0} s. "
            + (isRead ? "Go on with something else and ask again then." : "Nothing was written. Keep it and write it then."))
        {
            Retryable = isRead,
        };
    }
}
