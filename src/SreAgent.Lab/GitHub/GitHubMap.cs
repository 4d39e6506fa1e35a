using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace SreAgent.Lab.GitHub;

/// <summary>Where routes sign in.</summary>
internal sealed class GitHubMap(IEndpointRouteBuilder routes, GitHubPipeline pipeline)
{
    public const string Repository = "/repos/{owner}/{repo}";

    public GitHubMap Get(string path, Func<GitHubCall, GitHubAnswer> route) => On("GET", path, route);

    public GitHubMap Post(string path, Func<GitHubCall, GitHubAnswer> route) => On("POST", path, route);

    public GitHubMap Put(string path, Func<GitHubCall, GitHubAnswer> route) => On("PUT", path, route);

    public GitHubMap Patch(string path, Func<GitHubCall, GitHubAnswer> route) => On("PATCH", path, route);

    public GitHubMap Delete(string path, Func<GitHubCall, GitHubAnswer> route) => On("DELETE", path, route);

    /// <summary>GitHub answers 404 to whatever it does not know, and so does a method it does not know.</summary>
    public void Otherwise() => routes.MapFallback("/{**rest}", context => pipeline.RunAsync(context, _ => throw GitHubRefusal.NotFound()));

    private GitHubMap On(string method, string path, Func<GitHubCall, GitHubAnswer> route)
    {
        routes.MapMethods(path, [method], context => pipeline.RunAsync(context, route));
        return this;
    }
}
