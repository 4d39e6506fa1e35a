using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>What a path alone says about a file.</summary>
internal static partial class OperationalPath
{
    private static readonly (Regex Form, string Sort)[] Infrastructure =
    [
        (Terraform(), "Terraform"),
        (Fly(), "The Fly configuration"),
        (Container(), "How the container is built or composed"),
        (Orchestration(), "Kubernetes configuration"),
        (Pipelines(), "The delivery pipeline"),
    ];

    /// <summary>What sort of infrastructure a file sets up, as the subject of a sentence. Null when it is none.</summary>
    public static string? InfrastructureOf(string path) =>
        FileOrigins.Of(path) != FileOrigin.Own ? null : Infrastructure.FirstOrDefault(sort => sort.Form.IsMatch(path)).Sort;

    public static bool IsRunbook(string path) => Runbook().IsMatch(path);

    [GeneratedRegex(@"\.(tf|tfvars|tofu)(\.json)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Terraform();

    [GeneratedRegex(@"(^|/)fly(\.[a-z0-9_-]+)?\.toml\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Fly();

    [GeneratedRegex(@"(^|/)(Dockerfile[^/]*|[^/]+\.Dockerfile|Containerfile|(docker-)?compose[^/]*\.ya?ml)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Container();

    [GeneratedRegex(@"(^|/)(k8s|kubernetes|manifests|helm|charts?|kustomize|argocd|flux)/.*\.(ya?ml|tpl|json)\z|(^|/)(kustomization|Chart|values[^/]*|skaffold)\.ya?ml\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Orchestration();

    [GeneratedRegex(@"^\.github/workflows/|(^|/)(\.gitlab-ci\.yml|Jenkinsfile|azure-pipelines\.yml|bitbucket-pipelines\.yml)\z|^\.(circleci|buildkite)/", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pipelines();

    [GeneratedRegex(@"(run|play)-?_?books?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 100)]
    private static partial Regex Runbook();
}
