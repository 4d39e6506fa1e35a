using ModelContextProtocol;

namespace SreAgent.Host.Mcp;

/// <summary>Lists here fit one page. A cursor can only be somebody else's, and quietly answering the first page again would loop a client.</summary>
internal static class Paging
{
    public static void RequireFirstPage(string? cursor)
    {
        if (cursor is not null)
        {
            throw new McpProtocolException("This server hands out no cursors; ask for the list without one.", McpErrorCode.InvalidParams);
        }
    }
}
