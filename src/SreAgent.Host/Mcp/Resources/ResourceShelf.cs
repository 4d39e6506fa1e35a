using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Redaction;

namespace SreAgent.Host.Mcp.Resources;

/// <summary>All families behind the protocol's methods. What leaves it is redacted.</summary>
internal sealed class ResourceShelf(IReadOnlyList<IResourceFamily> families, Redactor redactor)
{
    public async ValueTask<ListResourcesResult> ListAsync(string? cursor, CancellationToken cancellationToken)
    {
        Paging.RequireFirstPage(cursor);
        var resources = new List<Resource>();
        foreach (var family in families)
        {
            resources.AddRange(await family.ListAsync(cancellationToken));
        }

        return new ListResourcesResult { Resources = resources, TimeToLive = TimeSpan.FromSeconds(5), CacheScope = CacheScope.Private };
    }

    public ListResourceTemplatesResult Templates(string? cursor)
    {
        Paging.RequireFirstPage(cursor);
        return new ListResourceTemplatesResult
        {
            ResourceTemplates = [.. families.Select(family => family.Template)],
            TimeToLive = TimeSpan.FromHours(1),
            CacheScope = CacheScope.Private,
        };
    }

    /// <exception cref="McpProtocolException">There is no such resource.</exception>
    public async ValueTask<ReadResourceResult> ReadAsync(string uri, CancellationToken cancellationToken)
    {
        foreach (var family in families)
        {
            var start = $"{family.Scheme}://";
            if (!uri.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            if (await family.ReadAsync(uri[start.Length..], cancellationToken) is not { } resource)
            {
                throw new McpProtocolException($"There is no resource {uri}; resources/list has those there are.", McpErrorCode.InvalidParams);
            }

            return new ReadResourceResult
            {
                Contents = [new TextResourceContents { Uri = uri, MimeType = resource.MimeType, Text = redactor.Redact(resource.Text) }],
                TimeToLive = family.FreshFor,
                CacheScope = CacheScope.Private,
            };
        }

        throw new McpProtocolException(
            $"There is no resource {uri}; the schemes here are {string.Join(", ", families.Select(family => $"{family.Scheme}://"))}.", McpErrorCode.InvalidParams);
    }

    /// <exception cref="McpProtocolException">There is no such template.</exception>
    public async Task<IReadOnlyList<string>> CompleteAsync(
        string template, string variable, IDictionary<string, string>? filled, CancellationToken cancellationToken)
    {
        var family = families.FirstOrDefault(family => string.Equals(family.Template.UriTemplate, template, StringComparison.Ordinal))
            ?? throw new McpProtocolException(
                $"There is no resource template {template}. There is: {string.Join(", ", families.Select(family => family.Template.UriTemplate))}.",
                McpErrorCode.InvalidParams);
        return await family.CompleteAsync(variable, new Dictionary<string, string>(filled ?? new Dictionary<string, string>(), StringComparer.Ordinal), cancellationToken);
    }
}
