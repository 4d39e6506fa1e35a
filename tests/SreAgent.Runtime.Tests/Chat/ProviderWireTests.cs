using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Redaction;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Chat;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Chat;

/// <summary>Both providers over real HTTP, against the bytes their servers send.</summary>
public sealed class ProviderWireTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "hello")];

    public static TheoryData<string> Providers => ["openai", "anthropic"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Text_streams_and_usage_is_counted_once(string provider)
    {
        await using var server = new WireStub().ThenStream(Wire.Text(provider, "All ", "quiet."));
        using var host = new ModelHost(provider, server.Address);
        var response = await host.AskAsync(Hello);
        Assert.Equal("All quiet.", response.Text);
        Assert.Equal(12, response.Usage!.InputTokenCount);
        Assert.Equal(7, response.Usage.OutputTokenCount);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Several_calls_of_one_reply_are_put_together_from_their_pieces(string provider)
    {
        await using var server = new WireStub().ThenStream(Wire.TwoCalls(provider));
        using var host = new ModelHost(provider, server.Address);
        var calls = (await host.AskAsync(Hello)).Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToArray();
        Assert.Equal(["call_a", "call_b"], calls.Select(call => call.CallId));
        Assert.Equal(["prometheus_query", "prometheus_list_alerts"], calls.Select(call => call.Name));
        Assert.Equal("up", calls[0].Arguments!["query"]!.ToString());
        Assert.True(calls[1].Arguments is null or { Count: 0 });
        Assert.All(calls, call => Assert.Null(call.Exception));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Arguments_that_are_not_json_are_marked_and_lose_nothing_else(string provider)
    {
        await using var server = new WireStub().ThenStream(Wire.BrokenCall(provider)).ThenStream(Wire.Text(provider, "Sorry."));
        using var host = new ModelHost(provider, server.Address);
        using var talk = new ConversationDriver(host.Model.Client, [TestTool.Read("prometheus_query", _ => 1)]);
        var turn = await talk.SayAsync("query");
        Assert.Equal("Sorry.", turn.Text);
        Assert.Empty(talk.Invoker.Calls);
        Assert.Contains("could not be read", server.Requests[1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task History_tools_and_instructions_are_sent_the_providers_way(string provider)
    {
        await using var server = new WireStub().ThenStream(Wire.TwoCalls(provider)).ThenStream(Wire.Text(provider, "Done."));
        using var host = new ModelHost(provider, server.Address);
        using var talk = new ConversationDriver(
            host.Model.Client, [TestTool.Read("prometheus_query", _ => new { value = 1 }), TestTool.Read("prometheus_list_alerts", _ => new { firing = 0 })]);
        Assert.Equal("Done.", (await talk.SayAsync("look")).Text);
        var second = JsonElement.Parse(server.Requests[1].Body);
        Assert.True(second.GetProperty("stream").GetBoolean());
        Assert.Equal(2, second.GetProperty("tools").GetArrayLength());
        Assert.Contains("You are kai.", server.Requests[0].Body, StringComparison.Ordinal);
        Assert.Contains("call_a", server.Requests[1].Body, StringComparison.Ordinal);
        Assert.Contains("call_b", server.Requests[1].Body, StringComparison.Ordinal);
        var results = provider == "openai"
            ? second.GetProperty("messages").EnumerateArray().Where(message => message.GetProperty("role").GetString() == "tool").Select(message => message.GetProperty("tool_call_id").GetString())
            : second.GetProperty("messages").EnumerateArray().Last().GetProperty("content").EnumerateArray().Select(block => block.GetProperty("tool_use_id").GetString());
        Assert.Equal(["call_a", "call_b"], results);
    }

    public static TheoryData<string, int, string, ModelFailure, string> Refusals()
    {
        var rows = new TheoryData<string, int, string, ModelFailure, string>();
        foreach (var provider in new[] { "openai", "anthropic" })
        {
            rows.Add(provider, 401, "invalid key", ModelFailure.NotAllowed, "refused the key (401)");
            rows.Add(provider, 403, "no access", ModelFailure.NotAllowed, "does not allow");
            rows.Add(provider, 404, "model: no-such", ModelFailure.NotFound, "There is no model m-1");
            rows.Add(provider, 429, "slow down", ModelFailure.RateLimited, "limits the rate");
            rows.Add(provider, 429, "You exceeded your current quota", ModelFailure.NotAllowed, "quota or credit");
            rows.Add(provider, 400, "prompt is too long: 250000 tokens", ModelFailure.ContextTooLong, "longer than");
            rows.Add(provider, 400, "maximum context length is 8192 tokens", ModelFailure.ContextTooLong, "Agent:ContextTokens");
            rows.Add(provider, 400, "temperature is not supported", ModelFailure.Refused, "temperature is not supported");
            rows.Add(provider, 500, "boom", ModelFailure.Unavailable, "overloaded or broken (500)");
            rows.Add(provider, 503, "later", ModelFailure.Unavailable, "overloaded or broken (503)");
            rows.Add(provider, 529, "Overloaded", ModelFailure.Unavailable, "overloaded or broken (529)");
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_becomes_a_sentence_and_is_asked_once(string provider, int status, string said, ModelFailure failure, string sentence)
    {
        await using var server = new WireStub().Then(status, JsonSerializer.Serialize(new { type = "error", error = new { type = "some_error", message = said } }), "Content-Type: application/json");
        using var host = new ModelHost(provider, server.Address);
        var exception = await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello));
        Assert.Equal(failure, exception.Failure);
        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
        Assert.Contains(said, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sk-test", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task How_long_to_wait_is_taken_from_the_provider(string provider)
    {
        await using var server = new WireStub().Then(429, """{"error":{"type":"rate_limit_error","message":"slow down"}}""", "Content-Type: application/json", "Retry-After: 7");
        using var host = new ModelHost(provider, server.Address);
        Assert.Equal(TimeSpan.FromSeconds(7), (await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello))).RetryAfter);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_dropped_stream_is_not_taken_for_an_answer(string provider)
    {
        await using var server = new WireStub().ThenStream(Wire.TwoCalls(provider)[..^2], hangUp: true);
        using var host = new ModelHost(provider, server.Address);
        Assert.Equal(ModelFailure.Unreachable, (await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello))).Failure);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_stream_that_simply_stops_is_not_taken_for_an_answer(string provider)
    {
        await using var server = new WireStub().ThenStream(Wire.Text(provider, "All ", "quiet.")[..3]);
        using var host = new ModelHost(provider, server.Address);
        var exception = await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello));
        Assert.True(exception.IsTransient, exception.Message);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_is_not_an_answer_is_said_to_be_none(string provider)
    {
        await using var server = new WireStub().ThenStream([provider == "openai" ? "data: {\"choices\":[{" : "event: message_start\ndata: {\"type\":\"message_start\",\"mess"]);
        using var host = new ModelHost(provider, server.Address);
        var exception = await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello));
        Assert.Equal(ModelFailure.Malformed, exception.Failure);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_login_page_instead_of_an_api_is_no_answer(string provider)
    {
        await using var server = new WireStub().Then(200, "<html>please sign in</html>", "Content-Type: text/html");
        using var host = new ModelHost(provider, server.Address);
        Assert.NotEqual(ModelFailure.Other, (await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello))).Failure);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Silence_ends_after_the_configured_time(string provider)
    {
        await using var server = new WireStub().ThenSilence();
        using var host = new ModelHost(provider, server.Address, ("Models:TimeoutSeconds", "1"));
        var exception = await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello));
        Assert.Equal(ModelFailure.TimedOut, exception.Failure);
        Assert.Contains("Models:TimeoutSeconds", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Nobody_listening_is_said_with_the_address(string provider)
    {
        var server = new WireStub();
        var address = server.Address;
        await server.DisposeAsync();
        using var host = new ModelHost(provider, address);
        var exception = await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello));
        Assert.Equal(ModelFailure.Unreachable, exception.Failure);
        Assert.Contains($"127.0.0.1:{address.Port}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Cancelling_is_not_a_failure_of_the_model(string provider)
    {
        await using var server = new WireStub().ThenSilence();
        using var host = new ModelHost(provider, server.Address);
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.AskAsync(Hello, cancel.Token));
    }

    [Fact]
    public async Task An_error_inside_Anthropics_stream_is_a_passing_failure()
    {
        await using var server = new WireStub().ThenStream(
            [Wire.Text("anthropic", "x")[0], "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}"]);
        using var host = new ModelHost("anthropic", server.Address);
        var exception = await Assert.ThrowsAsync<ModelException>(() => host.AskAsync(Hello));
        Assert.Equal(ModelFailure.Unavailable, exception.Failure);
        Assert.Contains("Overloaded", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_in_words_is_the_answer()
    {
        await using var server = new WireStub().ThenStream(
        [
            """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","refusal":"I will not."},"finish_reason":null}]}""",
            """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            "data: [DONE]",
        ]);
        using var host = new ModelHost("openai", server.Address);
        Assert.Equal("I will not.", (await host.AskAsync(Hello)).Text);
    }

    [Fact]
    public async Task Servers_that_send_every_call_whole_under_number_zero_are_understood()
    {
        await using var server = new WireStub().ThenStream(
        [
            """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{"role":"assistant","content":"","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"prometheus_query","arguments":"{\"query\":\"up\"}"}}]},"finish_reason":null}]}""",
            """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_2","type":"function","function":{"name":"prometheus_query","arguments":"{\"query\":\"down\"}"}}]},"finish_reason":null}]}""",
            """data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m-1","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""",
            "data: [DONE]",
        ]);
        using var host = new ModelHost("openai", server.Address);
        var calls = (await host.AskAsync(Hello)).Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ToArray();
        Assert.Equal(["up", "down"], calls.Select(call => call.Arguments!["query"]!.ToString()));
    }

    [Fact]
    public async Task Azures_dated_api_gets_its_path_version_and_key_header()
    {
        await using var server = new WireStub().ThenStream(Wire.Text("openai", "Hi."));
        using var host = new ModelHost("openai", server.Address, ("Models:ApiVersion", "2025-01-01"), ("Models:Headers:X-Team", "sre"));
        await host.AskAsync(Hello);
        Assert.StartsWith("POST /openai/deployments/m-1/chat/completions?api-version=2025-01-01 ", server.Requests[0].Line, StringComparison.Ordinal);
        Assert.Contains("api-key: sk-test-0123456789", server.Requests[0].Headers);
        Assert.Contains("X-Team: sre", server.Requests[0].Headers);
        Assert.DoesNotContain(server.Requests[0].Headers, header => header.StartsWith("Authorization", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("openai", "POST /v1/chat/completions ", "Authorization: Bearer sk-test-0123456789")]
    [InlineData("anthropic", "POST /v1/messages ", "Authorization: Bearer sk-test-0123456789")]
    public async Task Requests_go_to_the_right_path_with_the_key_and_extra_headers(string provider, string line, string key)
    {
        await using var server = new WireStub().ThenStream(Wire.Text(provider, "Hi."));
        using var host = new ModelHost(provider, server.Address, ("Models:Headers:X-Team", "sre"), ("Models:MaxOutputTokens", "321"));
        await host.AskAsync(Hello);
        Assert.StartsWith(line, server.Requests[0].Line, StringComparison.Ordinal);
        Assert.True(server.Requests[0].Headers.Contains(key, StringComparer.OrdinalIgnoreCase), string.Join("\n", server.Requests[0].Headers));
        Assert.Contains("X-Team: sre", server.Requests[0].Headers);
        Assert.Contains("321", server.Requests[0].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:11434", null, "http://localhost:11434/v1")]
    [InlineData("http://localhost:8000/v1/", null, "http://localhost:8000/v1")]
    [InlineData("https://x.openai.azure.com", null, "https://x.openai.azure.com/openai/v1")]
    [InlineData("https://x.openai.azure.com/", "2025-01-01", "https://x.openai.azure.com/openai/deployments/m-1")]
    [InlineData("https://gateway.example/llm/v1/chat/completions", null, "https://gateway.example/llm/v1")]
    public void Addresses_are_taken_the_way_people_give_them(string given, string? apiVersion, string used) =>
        Assert.Equal(new Uri(used), OpenAiAddress.Of(new Uri(given), "m-1", apiVersion));

    private sealed class ModelHost : IDisposable
    {
        private readonly ServiceProvider _services;

        public ModelHost(string provider, Uri address, params (string Key, string Value)[] settings)
        {
            Dictionary<string, string?> all = new(StringComparer.Ordinal)
            {
                ["Models:Provider"] = provider,
                ["Models:Model"] = "m-1",
                ["Models:BaseUrl"] = address.ToString(),
                ["Models:ApiKey"] = "sk-test-0123456789",
                ["Models:Retries"] = "0",
            };
            foreach (var (key, value) in settings)
            {
                all[key] = value;
            }

            _services = new ServiceCollection()
                .AddSingleton<IServiceCatalogue>(new InMemoryServices())
                .AddSingleton<ISkillCatalogue>(new InMemorySkills())
                .AddSingleton(new Redactor(["sk-test-0123456789"]))
                .AddChat(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
                .BuildServiceProvider();
            Model = _services.GetRequiredService<ChatModel>();
        }

        public ChatModel Model { get; }

        public Task<ChatResponse> AskAsync(ChatMessage[] messages, CancellationToken cancellationToken = default) =>
            Model.Client.GetStreamingResponseAsync(messages, new ChatOptions { MaxOutputTokens = Model.MaxOutputTokens }, cancellationToken).ToChatResponseAsync(cancellationToken);

        public void Dispose() => _services.Dispose();
    }
}
