using System.Globalization;
using System.Text;

namespace SreAgent.Benchmarks;

/// <summary>What listing the whole catalogue costs every conversation: UTF-8 bytes of the result, by four.</summary>
internal sealed class ListTokensMeasurement : IMeasurement
{
    private const int Most = 8_000;

    public string Name => "tokens: tools/list of the whole catalogue";

    public string? Goal => "at most 8,000";

    public async Task<Finding> MeasureAsync(CancellationToken cancellationToken)
    {
        await using var server = StdioServer.Start(Programs.Agent());
        var listed = await server.ListToolsAsync(cancellationToken);
        var tools = listed["tools"]!.AsArray();
        var tokens = TokensOf(listed.ToJsonString());
        var largest = tools.Select(tool => (Name: tool!["name"]!.GetValue<string>(), Tokens: TokensOf(tool.ToJsonString())))
            .OrderByDescending(tool => tool.Tokens).Take(3);
        return new Finding.Measured(
            [
                string.Create(CultureInfo.InvariantCulture, $"{tokens:N0} tokens for {tools.Count} tools"),
                $"largest: {string.Join(", ", largest.Select(tool => $"{tool.Name} {tool.Tokens}"))}",
            ],
            tokens <= Most);
    }

    private static int TokensOf(string json) => Encoding.UTF8.GetByteCount(json) / 4;
}
