using System.Text.Json;

namespace SreAgent.Runtime.Tests.Chat;

/// <summary>The events the two wires carry, in the shapes their servers send them.</summary>
internal static class Wire
{
    public static string[] Text(string provider, params string[] pieces) => provider == "openai"
        ?
        [
            OpenAi("""{"role":"assistant","content":""}"""),
            .. pieces.Select(piece => OpenAi($$"""{"content":{{JsonSerializer.Serialize(piece)}}}""")),
            OpenAi("{}", "stop"),
            OpenAiUsage,
            "data: [DONE]",
        ]
        :
        [
            AnthropicStart,
            """event: content_block_start""" + "\n" + """data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            .. pieces.Select(piece => "event: content_block_delta\ndata: " + $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":{{{JsonSerializer.Serialize(piece)}}}}}"""),
            "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}",
            .. AnthropicEnd("end_turn"),
        ];

    public static string[] TwoCalls(string provider) => provider == "openai"
        ?
        [
            OpenAi("""{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"prometheus_query","arguments":""}}]}"""),
            OpenAi("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"que"}}]}"""),
            OpenAi("""{"tool_calls":[{"index":0,"function":{"arguments":"ry\":\"up\"}"}}]}"""),
            OpenAi("""{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"prometheus_list_alerts","arguments":""}}]}"""),
            OpenAi("""{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}"""),
            OpenAi("{}", "tool_calls"),
            OpenAiUsage,
            "data: [DONE]",
        ]
        :
        [
            AnthropicStart,
            .. AnthropicCall(0, "call_a", "prometheus_query", "{\\\"que", "ry\\\":\\\"up\\\"}"),
            .. AnthropicCall(1, "call_b", "prometheus_list_alerts", ""),
            .. AnthropicEnd("tool_use"),
        ];

    public static string[] BrokenCall(string provider) => provider == "openai"
        ?
        [
            OpenAi("""{"role":"assistant","tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"prometheus_query","arguments":"{\"query\": up"}}]}"""),
            OpenAi("{}", "tool_calls"),
            "data: [DONE]",
        ]
        : [AnthropicStart, .. AnthropicCall(0, "call_a", "prometheus_query", "{\\\"query\\\": up"), .. AnthropicEnd("tool_use")];

    private const string OpenAiUsage =
        """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[],"usage":{"prompt_tokens":12,"completion_tokens":7,"total_tokens":19}}""";

    private const string AnthropicStart =
        "event: message_start\n" + """data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m-1","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"output_tokens":1}}}""";

    private static string OpenAi(string delta, string? finish = null) =>
        """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":DELTA,"finish_reason":REASON}]}"""
            .Replace("DELTA", delta, StringComparison.Ordinal).Replace("REASON", JsonSerializer.Serialize(finish), StringComparison.Ordinal);

    private static IEnumerable<string> AnthropicCall(int index, string id, string name, params string[] pieces) =>
    [
        "event: content_block_start\ndata: " + $$$"""{"type":"content_block_start","index":{{{index}}},"content_block":{"type":"tool_use","id":"{{{id}}}","name":"{{{name}}}","input":{} } }""",
        .. pieces.Select(piece => "event: content_block_delta\ndata: " + $$$"""{"type":"content_block_delta","index":{{{index}}},"delta":{"type":"input_json_delta","partial_json":"{{{piece}}}"} }"""),
        $"event: content_block_stop\ndata: {{\"type\":\"content_block_stop\",\"index\":{index}}}",
    ];

    private static string[] AnthropicEnd(string reason) =>
    [
        "event: message_delta\ndata: " + $$$"""{"type":"message_delta","delta":{"stop_reason":"{{{reason}}}","stop_sequence":null},"usage":{"output_tokens":7}}""",
        "event: message_stop\ndata: {\"type\":\"message_stop\"}",
    ];
}
