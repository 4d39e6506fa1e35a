using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class WorktreeFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("open a worktree for checkout", "a branch of its own to work on, away from everything else"),
        new("open a worktree for checkout from v42 on branch fix-timeout", "the same, from a tag or branch and under a name of yours"),
    ];

    public Request? Recognise(string text) => Asked().Match(text) is { Success: true } match
        ? new WorktreeRequest(match.Groups["repository"].Value, match.Groups["from"].Value, match.Groups["branch"].Value)
        : null;

    [GeneratedRegex(@"^(open|create|make|start)\s+(me )?(a |the )?(git )?worktree\s+(for|of|on)\s+(the )?(service )?(?<repository>[A-Za-z0-9][\w.-]*)(\s+from\s+(the )?(branch |tag )?(?<from>[\w./-]*\w))?(\s+(on|as)\s+(the )?branch\s+(?<branch>[\w./-]*\w))?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

/// <param name="From">Empty for the default branch.</param>
/// <param name="Branch">Empty for one named after the service.</param>
internal sealed record WorktreeRequest(string Repository, string From, string Branch) : Request
{
    public override Reply Next(Exchange exchange)
    {
        // Repositories on this machine are named in settings; a service's name is the one people say.
        var repository = exchange.NameOf(Repository);
        var branch = Branch.Length > 0 ? Branch : $"sre/{repository}{(From.Length > 0 ? "-" + From.Replace('/', '-') : "")}";
        var call = From.Length > 0
            ? PlannedCall.Of("git_create_worktree", ("repository", repository), ("branch", branch), ("from", From))
            : PlannedCall.Of("git_create_worktree", ("repository", repository), ("branch", branch));
        return exchange.Once(call, step =>
        {
            var folder = ToolAnswer.Text(step.Result.Data, "folder") ?? ToolAnswer.Text(step.Result.Data, "path");
            var name = ToolAnswer.Text(step.Result.Data, "worktree");
            return $"A worktree of **{repository}** is open on branch `{branch}`{(From.Length > 0 ? $", from `{From}`" : "")}{(name is null ? "" : $": `{name}`")}{(folder is null ? "" : $" in `{folder}`")}.{Wording.Evidence(step.Result)}";
        });
    }
}
