using System.Text.RegularExpressions;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>What an action or a workflow that is called does, by its name: nobody's list of actions is complete.</summary>
internal static partial class ActionWords
{
    /// <returns>deploy, publish, or null.</returns>
    public static string? Of(YamlNode step)
    {
        if (step.Text("uses") is not { } action)
        {
            return null;
        }

        action = action.Split('@')[0];
        return action.StartsWith("superfly/flyctl-actions", StringComparison.OrdinalIgnoreCase) ? ((step.Text("with", "args") ?? "deploy").Contains("deploy", StringComparison.Ordinal) ? "deploy" : null)
            : action.StartsWith("docker/build-push-action", StringComparison.OrdinalIgnoreCase) ? (step.Text("with", "push") is null or "false" ? null : "publish")
            : Named(action);
    }

    /// <param name="uses">The workflow a job calls; a reusable one is named like a job.</param>
    public static string? OfWorkflow(string? uses) => uses is null ? null : Named(uses.Split('@')[0]);

    private static string? Named(string action) =>
        Pages().IsMatch(action) ? null
        : Deploys().IsMatch(action) ? "deploy"
        : Publishes().IsMatch(action) ? "publish"
        : null;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    // Documentation, previews and what is said about a deploy.
    [GeneratedRegex(@"pages|preview|storybook|docs|site|status|comment|notif|slack|changelog|drafter|label|delete|destroy|cleanup|semantic-pull|lint|test-report|publish-unit-test|test-results", Options, 10_000)]
    private static partial Regex Pages();

    [GeneratedRegex(@"(^|[/_-])(deploy|deployment|webapps-deploy|k8s-deploy|helm-upgrade|ecs-deploy-task-definition)($|[/_.-])", Options, 10_000)]
    private static partial Regex Deploys();

    [GeneratedRegex(@"(^|[/_-])(publish(es|er)?|release|gh-release|create-release|release-please-action|semantic-release|goreleaser-action|chart-releaser-action|docker-push|push-to-registry|gh-action-pypi-publish)($|[/_.-])", Options, 10_000)]
    private static partial Regex Publishes();
}
