using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Kubernetes;
using SreAgent.Runtime.Readiness.Readers.Pipelines;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Releases;

/// <summary>
/// How a platform replaces one version by the next where it is no workload of Kubernetes: functions (SAM, Serverless), CodeDeploy, groups of machines, BOSH,
/// Ansible, Kamal; and what puts versions in place from a repository: Argo CD, Flux, the operator lifecycle manager.
/// </summary>
internal sealed class ReleaseStatements : IYamlStatements
{
    public IEnumerable<Statement> Read(SourceText text, YamlNode document)
    {
        var name = text.Path[(text.Path.LastIndexOf('/') + 1)..];
        return document switch
        {
            YamlList plays => plays.Elements.SelectMany(play => Play(text, play)),
            _ when document.At("Resources") is YamlMap => document.Entries("Resources").SelectMany(resource => Resource(text, resource)),
            _ when name is "serverless.yml" or "serverless.yaml" => document.Entries("functions").SelectMany(function => Serverless(text, function)),
            _ when name is "appspec.yml" or "appspec.yaml" => AppSpec(text, document),
            _ when name is "deploy.yml" or "deploy.yaml" && document.At("image") is not null && document.At("servers") is not null => Kamal(text, document),
            _ when document.Entry("update", "canaries") is not null => Bosh(text, document.Entry("update")!),
            _ => Manifest.AllIn(document, text.Path).SelectMany(manifest => Objects(manifest, text.Path)).SelectMany(manifest => Of(text, manifest)),
        };
    }

    // Objects a controller hands on to other clusters stand within it.
    private static IEnumerable<Manifest> Objects(Manifest manifest, string path) =>
        manifest.Root.Items("spec", "resources") is { Count: > 0 } inner ? inner.Select(item => Manifest.From(item, path)).OfType<Manifest>().Prepend(manifest) : [manifest];

    private static IEnumerable<Statement> Of(SourceText text, Manifest manifest)
    {
        if (manifest.Root.Entry("kind") is not { } kind)
        {
            yield break;
        }

        switch (manifest.Group, manifest.Kind)
        {
            case ("argoproj.io", "Application" or "ApplicationSet"):
                yield return Delivers(text, manifest.Root.Entry("spec", "syncPolicy") ?? kind, manifest.Name, "Argo CD");
                break;
            case ("helm.toolkit.fluxcd.io", "HelmRelease") or ("kustomize.toolkit.fluxcd.io", "Kustomization") or ("image.toolkit.fluxcd.io", "ImageUpdateAutomation"):
                yield return Delivers(text, kind, manifest.Name, "Flux");
                break;
            case ("operators.coreos.com", "Subscription"):
                yield return Delivers(text, manifest.Root.Entry("spec", "channel") ?? kind, manifest.Name, "The operator lifecycle manager");
                break;
            case ("operators.coreos.com", "ClusterServiceVersion") when (manifest.Root.Entry("spec", "replaces") ?? manifest.Root.Entry("metadata", "annotations", "olm.skipRange")) is { } replaced:
                yield return Strategy(text, "upgrade path", replaced, "olm", manifest.Name, $"{manifest.Name} says which versions it takes the place of.");
                break;
            default:
                if (Hook(manifest.Root.Text("metadata", "annotations", "helm.sh/hook") ?? manifest.Root.Text("metadata", "annotations", "argocd.argoproj.io/hook")) && manifest.Kind == "Job" && Migrates(manifest.Root, 0))
                {
                    yield return text.State(StatementKind.Pipeline, "release hook", kind.Line, kind.Line, $"Job {manifest.Name} migrates before a release takes over.", ("name", manifest.Name), ("does", "migrate"), ("system", "hook"));
                }

                break;
        }
    }

    private static bool Hook(string? when) => when is not null && (when.Contains("pre-", StringComparison.OrdinalIgnoreCase) || when.Contains("post-", StringComparison.OrdinalIgnoreCase) || when.Contains("sync", StringComparison.OrdinalIgnoreCase));

    private static bool Migrates(YamlNode node, int depth) => depth < 12 && node switch
    {
        YamlScalar scalar => scalar.Value.Contains("migrat", StringComparison.OrdinalIgnoreCase),
        YamlList list => list.Elements.Any(element => Migrates(element, depth + 1)),
        YamlMap map => map.Pairs.Any(pair => pair.Name is "spec" or "template" or "containers" or "command" or "args" && Migrates(pair.Value, depth + 1)),
        _ => false,
    };

    private static IEnumerable<Statement> Resource(SourceText text, YamlEntry resource)
    {
        var node = resource.Value;
        if (node.Entry("Properties", "DeploymentPreference") is { Value: var preference } deployment && (preference.Text("Type") ?? (preference as YamlScalar)?.Value) is { Length: > 0 } type)
        {
            yield return Strategy(text, "deploy strategy", deployment, Shift(type), resource.Name, $"{resource.Name} is replaced by {type}.");
            if (preference.Items("Alarms").Count > 0)
            {
                yield return text.State(StatementKind.Rollback, "automatic rollback", deployment.Line, Shown(deployment), $"{resource.Name} goes back by itself when an alarm fires.", ("how", "automatic"), ("service", resource.Name));
            }
        }

        if (node.Entry("UpdatePolicy") is { Value: YamlMap { Pairs.Count: > 0 } } update)
        {
            yield return Strategy(text, "deploy strategy", update, "rolling", resource.Name, $"{resource.Name} is replaced by an update policy.");
        }

        if (node.Entry("Properties", "AutoRollbackConfiguration") is { Value: var back } rollback && back.Text("Enabled") is "true" or "True")
        {
            yield return text.State(StatementKind.Rollback, "automatic rollback", rollback.Line, Shown(rollback), $"{resource.Name} goes back by itself when a deploy fails.", ("how", "automatic"), ("service", resource.Name));
        }
    }

    private static IEnumerable<Statement> Serverless(SourceText text, YamlEntry function)
    {
        if (function.Value.Entry("deploymentSettings") is { } settings && settings.Value.Text("type") is { } type)
        {
            yield return Strategy(text, "deploy strategy", settings, Shift(type), function.Name, $"{function.Name} is replaced by {type}.");
        }
    }

    private static string Shift(string type) =>
        type.StartsWith("AllAtOnce", StringComparison.OrdinalIgnoreCase) ? "recreate" : type.StartsWith("Linear", StringComparison.OrdinalIgnoreCase) ? "rolling" : "canary";

    private static IEnumerable<Statement> AppSpec(SourceText text, YamlNode document)
    {
        if ((document.Entry("hooks") ?? document.Entry("Hooks")) is { } hooks)
        {
            yield return Strategy(text, "deploy hooks", hooks, "codedeploy", "the service", "CodeDeploy runs hooks around a new version.");
        }
    }

    private static IEnumerable<Statement> Kamal(SourceText text, YamlNode document)
    {
        var servers = document.Entry("servers")!;
        yield return text.State(StatementKind.Pipeline, "delivery script", servers.Line, Shown(servers), $"Kamal puts versions of {document.Text("service") ?? "the service"} in place, one container beside the other.", ("does", "deploy"), ("system", "kamal"));
    }

    private static IEnumerable<Statement> Bosh(SourceText text, YamlEntry update)
    {
        yield return Strategy(text, "deploy strategy", update, "canary", "the deployment", $"BOSH updates {update.Value.Text("canaries")} canary first, then {update.Value.Text("max_in_flight") ?? "the others"} at a time.");
    }

    private static IEnumerable<Statement> Play(SourceText text, YamlNode play)
    {
        if (play.Entry("serial") is { } serial && play.At("hosts") is not null)
        {
            yield return Strategy(text, "deploy strategy", serial, "rolling", play.Text("name") ?? play.Text("hosts") ?? "the hosts", "Ansible changes some hosts at a time.");
        }

        if (play.Text("type") == "replace" && play.Entry("path") is { Value: YamlScalar { Value: "/update/canaries" or "/update/canaries?" } } path && play.Text("value") is { } count)
        {
            yield return Strategy(text, "deploy strategy", path, "canary", "the deployment", $"BOSH updates {count} canary first.");
        }
    }

    private static Statement Strategy(SourceText text, string sort, YamlEntry at, string strategy, string service, string sentence) =>
        text.State(StatementKind.DeployStrategy, sort, at.Line, Shown(at), sentence, ("strategy", strategy), ("service", service));

    private static Statement Delivers(SourceText text, YamlEntry at, string name, string system) =>
        text.State(StatementKind.Pipeline, "continuous delivery", at.Line, Shown(at), $"{system} puts new versions of {name} in place.", ("name", name), ("does", "deploy"), ("system", system));

    private static int Shown(YamlEntry entry) => Math.Min(entry.EndLine, entry.Line + PipelineFacts.LongestStep);
}
