using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using SreAgent.Host.Mcp.Resources;

namespace SreAgent.Host.Mcp;

/// <summary>completion/complete: what may stand where the user is typing, those that start with it first.</summary>
internal sealed class Completions(PersonaPrompts prompts, ResourceShelf shelf)
{
    // The protocol's own limit.
    private const int Most = 100;

    public async ValueTask<CompleteResult> CompleteAsync(CompleteRequestParams parameters, CancellationToken cancellationToken)
    {
        var candidates = parameters.Ref switch
        {
            PromptReference prompt => prompts.Complete(prompt.Name, parameters.Argument.Name),
            ResourceTemplateReference { Uri: { } template } =>
                await shelf.CompleteAsync(template, parameters.Argument.Name, parameters.Context?.Arguments, cancellationToken),
            _ => throw new McpProtocolException("Only prompts and resource templates are completed.", McpErrorCode.InvalidParams),
        };

        var typed = parameters.Argument.Value;
        var fitting = candidates
            .Where(candidate => candidate.Contains(typed, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.StartsWith(typed, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .ToArray();
        return new CompleteResult
        {
            Completion = new Completion { Values = [.. fitting.Take(Most)], Total = fitting.Length, HasMore = fitting.Length > Most },
        };
    }
}
