using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Pipelines;
using SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

namespace SreAgent.Runtime.Readiness.Readers.Terraform;

/// <summary>Pipelines that are resources (AWS CodePipeline): stages that build, wait for an approval, and deliver, one after another.</summary>
internal sealed class PipelineResources : IResourceStatements
{
    private const string System = "CodePipeline";

    public IEnumerable<Statement> Read(SourceText text, HclBlock resource, string type, string name)
    {
        if (type != "aws_codepipeline")
        {
            yield break;
        }

        var jobs = resource.All("stage").Select(stage => Job(stage)).ToArray();
        foreach (var deploy in jobs.Where(job => job.Does == "deploy"))
        {
            yield return PipelineFacts.Job(text, deploy.Name, "deploy", (deploy.Line, deploy.EndLine), System, null);
        }

        foreach (var staged in StagedDelivery.Of(text, System, jobs, inOrder: true))
        {
            yield return staged;
        }
    }

    private static DeliveryJob Job(HclBlock stage)
    {
        var (name, actions) = (stage.Text("name") ?? "stage", stage.All("action").ToArray());
        var does = actions.Any(action => action.Text("category") == "Deploy") ? "deploy" : JobWords.Does(name, "");
        return new DeliveryJob(name, name, does, Environments.Of(name), [], stage.Line, Math.Min(stage.EndLine, stage.Line + PipelineFacts.LongestStep)) { Approved = actions.Any(action => action.Text("category") == "Approval") };
    }
}
