using SreAgent.Lab.GitHub.State;
using SreAgent.Lab.GitHub.Wire;

namespace SreAgent.Lab.GitHub.Routes;

/// <summary>A repository's labels, and an issue's.</summary>
internal static class LabelRoutes
{
    private const string OfIssue = GitHubMap.Repository + "/issues/{number:int}/labels";

    public static void Map(GitHubMap map) => map
        .Get(GitHubMap.Repository + "/labels", call => Page(call, call.Repository, call.Repository.Labels))
        .Post(GitHubMap.Repository + "/labels", Create)
        .Get(OfIssue, call => Page(call, call.Repository, IssueRoutes.Found(call, call.Repository).Labels))
        .Post(OfIssue, call => Set(call, "labelled", (old, named) => [.. old.Union(named)]))
        .Put(OfIssue, call => Set(call, "labelled anew", (_, named) => named))
        .Delete(OfIssue + "/{name}", Remove);

    /// <summary>Labels by name. One that does not exist is made, as GitHub does.</summary>
    public static List<LabelState> Named(GitHubCall call, RepositoryState repository, IReadOnlyList<string> names)
    {
        var labels = new List<LabelState>();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var label = Find(repository.Labels, name);
            if (label is null)
            {
                label = new LabelState(call.World.NextId(), name, "ededed", Description: null);
                repository.Labels.Add(label);
            }

            labels.Add(label);
        }

        return labels;
    }

    private static GitHubAnswer Create(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var name = call.Fields.Required("Label", "name");
        if (Find(repository.Labels, name) is not null)
        {
            throw GitHubRefusal.Invalid("Label", "name", "already_exists");
        }

        var label = new LabelState(call.World.NextId(), name, call.Fields.Text("color") ?? "ededed", call.Fields.Text("description"));
        repository.Labels.Add(label);
        call.Changed($"{repository.FullName}: label {name} made");
        return GitHubAnswer.Created(IssueWire.Label(call, repository, label));
    }

    private static GitHubAnswer Set(GitHubCall call, string what, Func<List<LabelState>, List<LabelState>, List<LabelState>> put)
    {
        var repository = call.Writable("issues");
        var issue = IssueRoutes.Found(call, repository);
        issue.Labels = put(issue.Labels, Named(call, repository, call.Fields.Names("labels") ?? []));
        issue.UpdatedAt = call.Now;
        call.Changed($"{repository.FullName}#{issue.Number} {what}: {string.Join(", ", issue.Labels.Select(label => label.Name))}");
        return GitHubAnswer.Ok(issue.Labels.Select(label => IssueWire.Label(call, repository, label)).ToArray());
    }

    private static GitHubAnswer Remove(GitHubCall call)
    {
        var repository = call.Writable("issues");
        var issue = IssueRoutes.Found(call, repository);
        var label = Find(issue.Labels, call.Value("name")) ?? throw GitHubRefusal.Of(404, "Label does not exist");
        issue.Labels = [.. issue.Labels.Where(own => own != label)];
        issue.UpdatedAt = call.Now;
        call.Changed($"{repository.FullName}#{issue.Number}: label {label.Name} removed");
        return GitHubAnswer.Ok(issue.Labels.Select(own => IssueWire.Label(call, repository, own)).ToArray());
    }

    private static LabelState? Find(List<LabelState> labels, string name) => labels.Find(label => label.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static GitHubAnswer Page(GitHubCall call, RepositoryState repository, List<LabelState> labels) => call.Page(labels, label => IssueWire.Label(call, repository, label));
}
