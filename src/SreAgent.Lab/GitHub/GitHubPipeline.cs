using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.Http;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.GitHub;

/// <summary>Carries one request past the gate and the planned faults to its route, and the answer back with the headers GitHub sends.</summary>
/// <param name="pushed">Absent when nobody pushes.</param>
internal sealed class GitHubPipeline(GitHubWorld world, GitHubGate gate, FaultPlan faults, PushedBranches? pushed, LabJournal journal, TimeProvider clock)
{
    /// <summary><c>/repositories/17/issues</c> is <c>/repos/owner/name/issues</c>.</summary>
    public Task ResolveNumberedRepositoryAsync(HttpContext context, Func<Task> next)
    {
        var parts = (context.Request.Path.Value ?? "").Split('/', 4);
        if (parts is ["", "repositories", var id, ..] && world.Repositories.Find(one => one.Id.ToString() == id) is { } numbered)
        {
            context.Request.Path = $"/repos/{numbered.FullName}{(parts.Length > 3 ? $"/{parts[3]}" : "")}";
        }

        return next();
    }

    public async Task RunAsync(HttpContext context, Func<GitHubCall, GitHubAnswer> route)
    {
        var fault = faults.Take(context.Request.Method, context.Request.Path);
        switch (fault)
        {
            case LabFault.Drops:
                context.Abort();
                return;
            case LabFault.Refuses refuses:
                context.Response.Headers.RetryAfter = refuses.RetryAfter?.ToString();
                await SendAsync(context, Refused(GitHubRefusal.Of(refuses.Status, refuses.Message)));
                return;
            default:
                break;
        }

        GitHubAnswer answer;
        try
        {
            var body = await BodyAsync(context);
            await (pushed?.BringAsync(context.Request.Path, context.RequestAborted) ?? Task.CompletedTask);
            lock (world.Gate)
            {
                answer = Run(context, body, route);
            }
        }
        catch (GitHubRefusal refusal)
        {
            answer = Refused(refusal);
        }

        if (fault is LabFault.LosesAnswer)
        {
            context.Abort();
            return;
        }

        await SendAsync(context, answer);
    }

    private GitHubAnswer Run(HttpContext context, JsonElement? body, Func<GitHubCall, GitHubAnswer> route)
    {
        var caller = gate.Admit(context.Request);
        var path = context.Request.Path.Value ?? "";
        var isFree = path == "/rate_limit";
        var limit = gate.Count(caller, path.StartsWith("/search/", StringComparison.Ordinal) ? "search" : "core", isFree ? 0 : 1);
        Describe(limit, context.Response.Headers);
        if (limit.IsExceeded)
        {
            throw GitHubRefusal.Of(403, $"API rate limit exceeded for {caller.Login ?? "127.0.0.1"}. If you reach out to GitHub Support for help, please include the request ID.");
        }

        if (!HttpMethods.IsGet(context.Request.Method) && gate.Count(caller, "writes", 1).IsExceeded)
        {
            context.Response.Headers.RetryAfter = "60";
            throw GitHubRefusal.Of(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");
        }

        return route(new GitHubCall(world, journal, context, body, caller, clock.GetUtcNow()));
    }

    private static async Task<JsonElement?> BodyAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody != true)
        {
            return null;
        }

        using var content = new MemoryStream();
        await context.Request.Body.CopyToAsync(content, context.RequestAborted);
        if (content.Length == 0)
        {
            return null;
        }

        try
        {
            return JsonElement.Parse(content.GetBuffer().AsSpan(0, (int)content.Length));
        }
        catch (JsonException)
        {
            throw GitHubRefusal.Of(400, "Problems parsing JSON");
        }
    }

    private static void Describe(RateLimit limit, IHeaderDictionary headers)
    {
        headers["X-RateLimit-Limit"] = limit.Limit.ToString();
        headers["X-RateLimit-Remaining"] = limit.Remaining.ToString();
        headers["X-RateLimit-Used"] = limit.Used.ToString();
        headers["X-RateLimit-Reset"] = limit.ResetsAt.ToUnixTimeSeconds().ToString();
        headers["X-RateLimit-Resource"] = limit.Resource;
    }

    private static GitHubAnswer Refused(GitHubRefusal refusal) => new(refusal.Status, refusal.Body) { Location = refusal.Location };

    private static async Task SendAsync(HttpContext context, GitHubAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.Headers["X-GitHub-Request-Id"] = context.TraceIdentifier;
        response.Headers["X-GitHub-Api-Version-Selected"] = "2022-11-28";
        response.Headers.Link = answer.Link;
        response.Headers.Location = answer.Location;

        if (answer.Body is null)
        {
            return;
        }

        var content = answer.MediaType is null ? JsonSerializer.SerializeToUtf8Bytes(answer.Body) : Encoding.UTF8.GetBytes($"{answer.Body}");
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(content))}\"";
        if (answer.Status == 200 && HttpMethods.IsGet(context.Request.Method))
        {
            response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch == tag)
            {
                response.StatusCode = 304;
                return;
            }
        }

        response.Headers["X-GitHub-Media-Type"] = "github.v3; format=json";
        response.ContentType = $"{answer.MediaType ?? "application/json"}; charset=utf-8";
        response.ContentLength = content.Length;
        await response.Body.WriteAsync(content, context.RequestAborted);
    }
}
