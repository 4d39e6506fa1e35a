using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Yaml;

namespace SreAgent.Runtime.Readiness.Readers.Pipelines;

/// <summary>
/// Pipelines that are lists of named steps, whoever runs them: Azure, Bitbucket, Buildkite, Drone, Woodpecker, Travis, Cloud Build, CodeBuild, Semaphore,
/// Tekton, Concourse, GoCD, Shipit. What has a name and commands is a step, wherever it stands.
/// </summary>
internal sealed class OtherPipelines : IYamlStatements
{
    private const int Deepest = 14;
    private const int Most = 60;

    private static readonly string[] Commands = ["script", "run", "command", "commands", "args", "bash", "pwsh", "powershell", "inlineScript", "deploy"];
    private static readonly string[] Names = ["deployment", "displayName", "name", "label", "job", "stage", "step", "task", "put"];

    public IEnumerable<Statement> Read(SourceText text, YamlNode document) =>
        SystemOf(text.Path, document) switch
        {
            null => [],
            "Travis" => Travis(text, document),
            "Concourse" => Concourse(text, document),
            "GoCD" => GoCd(text, document),
            "Shipit" => Shipit(text, document),
            var system => Steps(text, document, system),
        };

    private static string? SystemOf(string path, YamlNode document)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.StartsWith("azure-pipelines", StringComparison.OrdinalIgnoreCase) || Within(path, ".azure/") || Within(path, ".azuredevops/") || Within(path, ".pipelines/") ? "Azure Pipelines"
            : name == "bitbucket-pipelines.yml" ? "Bitbucket"
            : Within(path, ".buildkite/") ? "Buildkite"
            : name.EndsWith(".gocd.yml", StringComparison.Ordinal) || name.EndsWith(".gocd.yaml", StringComparison.Ordinal) ? "GoCD"
            : name.StartsWith("shipit.", StringComparison.Ordinal) ? "Shipit"
            : name.StartsWith(".drone", StringComparison.Ordinal) ? "Drone"
            : name is ".woodpecker.yml" or ".woodpecker.yaml" || Within(path, ".woodpecker/") ? "Woodpecker"
            : name == ".travis.yml" ? "Travis"
            : name.StartsWith("cloudbuild", StringComparison.OrdinalIgnoreCase) ? "Cloud Build"
            : name.StartsWith("buildspec", StringComparison.OrdinalIgnoreCase) ? "CodeBuild"
            : Within(path, ".semaphore/") ? "Semaphore"
            : document.Text("kind") is "Pipeline" or "Task" && (document.Text("apiVersion") ?? "").StartsWith("tekton.dev/", StringComparison.Ordinal) ? "Tekton"
            : document.At("jobs") is YamlList && document.Items("jobs").Any(job => job.At("plan") is YamlList) ? "Concourse"
            : null;
    }

    private static bool Within(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal) || path.Contains($"/{folder}", StringComparison.Ordinal);

    private static IEnumerable<Statement> Steps(SourceText text, YamlNode document, string system)
    {
        var jobs = new List<DeliveryJob>();
        Walk(document, "", null, 0, (name, environment, node, commands) =>
        {
            if (jobs.Count < Most && JobWords.Does(name, commands) is { } does)
            {
                jobs.Add(new DeliveryJob(environment ?? "", name.Length == 0 ? "step" : name, does, Environments.Of(environment, name), [], node.Line, Math.Min(node.EndLine, node.Line + PipelineFacts.LongestStep)));
            }
        });

        return jobs.Select(job => PipelineFacts.Job(text, job.Name, job.Does!, (job.Line, job.EndLine), system, job.Id.Length == 0 ? null : job.Id))
            .Concat(StagedDelivery.Of(text, system, [.. jobs.Select(job => job with { Id = "" })], inOrder: true));
    }

    /// <param name="found">Told the name, the environment, the step, and its commands.</param>
    private static void Walk(YamlNode node, string name, string? environment, int depth, Action<string, string?, YamlNode, string> found)
    {
        if (depth > Deepest)
        {
            return;
        }

        if (node is YamlList list)
        {
            foreach (var element in list.Elements)
            {
                Walk(element, name, environment, depth + 1, found);
            }

            return;
        }

        if (node is not YamlMap map)
        {
            return;
        }

        name = Names.Select(key => map.Find(key)?.Value).OfType<YamlScalar>().Select(scalar => scalar.Value).FirstOrDefault(value => value.Length > 0) ?? name;
        environment = node.Text("environment", "name") ?? node.Text("environment") ?? node.Text("deployment") ?? environment;
        environment = node.Text("parameters", "environment") ?? node.Text("parameters", "Environment") ?? environment;
        if (map.Find("template") is { Value: YamlScalar { Value: var template } })
        {
            found($"{name} {FileName(template)}", environment, node, "");
        }

        var commands = string.Join('\n', Commands.Select(key => map.Find(key)?.Value).Select(Said).Where(said => said.Length > 0));
        if (commands.Length > 0 || map.Find("task") is not null || map.Find("image") is not null && map.Find("settings") is not null)
        {
            found(map.Find("task") is { Value: YamlScalar { Value: var task } } && IsDeployTask(task) ? $"deploy {name}" : name, environment, node, commands);
        }

        foreach (var pair in map.Pairs.Where(pair => pair.Value is YamlMap or YamlList))
        {
            Walk(pair.Value, name, environment, depth + 1, found);
        }
    }

    // What a template of Azure does stands elsewhere; its name and that of the stage it is used in tell.
    private static string FileName(string template) => template.Split('@')[0] is var path && path[(path.LastIndexOf('/') + 1)..] is var name && name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : template;

    // Tasks of Azure are called by what they do to what: AzureWebApp@1, KubernetesManifest@1.
    private static bool IsDeployTask(string task) =>
        task.Contains("Deploy", StringComparison.Ordinal) || task.StartsWith("AzureWebApp", StringComparison.Ordinal) || task.StartsWith("AzureFunctionApp", StringComparison.Ordinal) || task.StartsWith("AzureRmWebApp", StringComparison.Ordinal);

    private static string Said(YamlNode? node) => node switch
    {
        YamlScalar scalar => scalar.Value,
        YamlList list => string.Join(list.Elements.Any(element => element is YamlScalar { Value: var value } && value.Contains(' ', StringComparison.Ordinal)) ? '\n' : ' ', list.Elements.Select(element => element is YamlScalar scalar ? scalar.Value : element.Text("command") ?? "")),
        _ => "",
    };

    private static IEnumerable<Statement> Travis(SourceText text, YamlNode document)
    {
        foreach (var (entry, provider) in (document.At("deploy") is YamlList several ? several.Elements : document.At("deploy") is { } one ? [one] : [])
            .Select(deploy => (deploy.Entry("provider"), deploy.Text("provider"))))
        {
            if (entry is not null && provider is not null and not "pages" and not "script")
            {
                yield return PipelineFacts.Job(text, provider, provider is "releases" or "pypi" or "npm" or "rubygems" or "cargo" or "hex" or "packagecloud" ? "publish" : "deploy", (entry.Line, entry.EndLine), "Travis", null);
            }
        }

        foreach (var statement in Steps(text, document, "Travis"))
        {
            yield return statement;
        }
    }

    private static IEnumerable<Statement> Concourse(SourceText text, YamlNode document)
    {
        var jobs = new List<DeliveryJob>();
        foreach (var job in document.Items("jobs").Where(job => job.Text("name") is not null && job.At("plan") is YamlList).Take(Most))
        {
            var name = job.Text("name")!;
            var where = Environments.Of(name);
            var does = where != Nearness.Unknown && name.StartsWith("apply-", StringComparison.Ordinal) ? "deploy" : JobWords.Does(name, "");
            var line = job.Entry("name")!.Line;
            string[] passed = [.. Passed(job.At("plan")!, 0)];
            jobs.Add(new DeliveryJob(name, name, does, where, passed, line, line) { Approved = passed.Length > 0 && !IsTriggered(job.At("plan")!, 0) });
            if (does is not null)
            {
                yield return PipelineFacts.Job(text, name, does, (line, line), "Concourse", null);
            }
        }

        foreach (var staged in StagedDelivery.Of(text, "Concourse", jobs, inOrder: false))
        {
            yield return staged;
        }
    }

    // What it deploys and how it goes back are commands of the platform; each is run for any environment.
    private static IEnumerable<Statement> Shipit(SourceText text, YamlNode document)
    {
        foreach (var name in (string[])["deploy", "rollback"])
        {
            if (document.Entry(name) is { } told && Said(told.Value.At("override")) is { Length: > 0 } commands)
            {
                yield return PipelineFacts.Job(text, name, name == "deploy" && JobWords.Does("", commands) == "publish" ? "publish" : name, (told.Line, Math.Min(told.Value.EndLine, told.Line + PipelineFacts.LongestStep)), "Shipit", null);
            }
        }
    }

    // A pipeline an environment, each begun by the one it takes from; a stage may wait for somebody.
    private static IEnumerable<Statement> GoCd(SourceText text, YamlNode document)
    {
        var jobs = new List<DeliveryJob>();
        foreach (var pipeline in document.Entries("pipelines").Take(Most))
        {
            var deploy = pipeline.Value.Items("stages").SelectMany(stage => stage.Entries()).FirstOrDefault(stage => JobWords.Does(stage.Name, "") == "deploy");
            // Stages that pipelines share stand elsewhere; then the names of pipeline and file tell.
            var shared = pipeline.Value.At("stages") is not YamlList && Environments.Of(pipeline.Name) != Nearness.Unknown;
            if ((deploy is not null ? "deploy" : JobWords.Does(pipeline.Name, "") ?? (shared ? JobWords.Does(text.Path[(text.Path.LastIndexOf('/') + 1)..], "") : null)) is { } does)
            {
                var needs = pipeline.Value.Entries("materials").Select(material => material.Value.Text("pipeline")).OfType<string>().ToArray();
                jobs.Add(new DeliveryJob(pipeline.Name, pipeline.Name, does, Environments.Of(pipeline.Name), needs, pipeline.Line, pipeline.Line) { Approved = deploy?.Value.Text("approval", "type") == "manual" });
                yield return PipelineFacts.Job(text, pipeline.Name, does, (pipeline.Line, pipeline.Line), "GoCD", null);
            }
        }

        foreach (var staged in StagedDelivery.Of(text, "GoCD", jobs, inOrder: true))
        {
            yield return staged;
        }
    }

    // A job that takes what another let pass, and is begun by none of it, waits for somebody.
    private static bool IsTriggered(YamlNode node, int depth) => depth <= Deepest && node switch
    {
        YamlList list => list.Elements.Any(element => IsTriggered(element, depth + 1)),
        YamlMap map => map.Pairs.Any(pair => pair is { Name: "trigger", Value: YamlScalar { Value: not ("false" or "no") } } || (pair.Value is YamlMap or YamlList && IsTriggered(pair.Value, depth + 1))),
        _ => false,
    };

    // What a job takes only once another has let it pass.
    private static IEnumerable<string> Passed(YamlNode node, int depth) => depth > Deepest ? [] : node switch
    {
        YamlList list => list.Elements.SelectMany(element => Passed(element, depth + 1)),
        YamlMap map => map.Pairs.SelectMany(pair => pair is { Name: "passed", Value: YamlList jobs } ? jobs.Elements.OfType<YamlScalar>().Select(job => job.Value) : pair.Value is YamlMap or YamlList ? Passed(pair.Value, depth + 1) : []),
        _ => [],
    };
}
