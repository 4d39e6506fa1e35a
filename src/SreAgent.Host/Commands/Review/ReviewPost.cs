using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Host.Commands.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Commands.Review;

/// <summary>Puts a review at its pull request, through the same guarded tool as everybody: policy is asked, and the record written, before anything is sent.</summary>
internal sealed class ReviewPost(IConsoleIo console, IToolInvoker invoker)
{
    private const string Tool = "review_publish";

    /// <exception cref="UsageException">One of the subjects is no pull request.</exception>
    public static void Demand(IEnumerable<string> subjects)
    {
        if (subjects.FirstOrDefault(subject => RepositorySubject.TryParse(subject)?.PullRequest is null) is { } other)
        {
            throw new UsageException($"--post takes pull requests, as owner/repo#12; '{SafeText.Line(other, 100)}' is none.");
        }
    }

    public async Task<int> RunAsync(ReviewOrder order, string subject, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var context = new CallContext(OperatingSystemActor.Current(Surface.Terminal), CommandLinePersona.Value);
        if (!invoker.ToolsFor(context).Any(tool => tool.Answers(Tool)))
        {
            throw new ToolException($"{Tool} is not there, so nothing was posted: GitHub is not configured, or its tools are switched off. 'sre-agent doctor' says which.");
        }

        var arguments = JsonSerializer.SerializeToElement(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["subject"] = subject,
            ["persona"] = order.Persona.Id,
            ["failOn"] = order.FailOn.ToString().ToLowerInvariant(),
        });
        var outcome = await invoker.InvokeAsync(new ToolCall($"call-{Guid.NewGuid():n}", Tool, arguments), context, progress, cancellationToken);
        foreach (var line in Lines(subject, outcome.Result))
        {
            await console.Error.WriteLineAsync(SafeText.Lines(line));
        }

        return CallTool.ExitStatusOf(outcome.Result);
    }

    private static IEnumerable<string> Lines(string subject, ToolResult result) => result switch
    {
        ToolResult.Found { Data: JsonElement data } found => [$"{subject}: comment {Word(data, "comment")}, status {Word(data, "status")}. {found.Evidence.Link}", .. found.Evidence.Notes],
        ToolResult.Failed failed => [$"Not posted: {failed.Explanation}"],
        ToolResult.Denied denied => [$"Not posted: {denied.Rule} says no. {denied.Reason}"],
        ToolResult.AwaitingApproval waiting => [$"Not posted yet: {waiting.Question} ('sre-agent changes approve {waiting.Id}')"],
        _ => [$"Not posted: {Tool} answered with something unknown."],
    };

    private static string Word(JsonElement data, string name) => data.TryGetProperty(name, out var value) ? value.ToString() : "unknown";
}
