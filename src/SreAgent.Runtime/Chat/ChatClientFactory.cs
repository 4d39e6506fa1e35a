using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;
using OpenAI;
using SreAgent.Core.Redaction;

namespace SreAgent.Runtime.Chat;

/// <summary>Makes the client of a chosen model. Called when the first request is made, not at start.</summary>
internal sealed class ChatClientFactory(IHttpClientFactory http, RetryAfterMemo retryAfter, Redactor redactor, TimeProvider clock)
{
    /// <summary>Name of the HTTP client: one without a deadline of its own, since an answer may stream for minutes. Silence is watched one level up.</summary>
    public const string HttpName = "models";

    // Anthropic insists on a limit; this one fits the answers of a conversation.
    private const int AnthropicOutputTokens = 8_192;

    // The packages insist on a deadline; silence ends a request long before.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromHours(1);

    public IChatClient Make(ModelChoice choice, ModelsOptions options)
    {
        var inner = choice.Provider == ModelChoice.Anthropic ? Anthropic(choice, options) : OpenAi(choice, options);
        return new ProviderChatClient(inner, new ProviderFaults(choice, redactor, retryAfter), TimeSpan.FromSeconds(options.TimeoutSeconds), clock);
    }

    private IChatClient Anthropic(ModelChoice choice, ModelsOptions options)
    {
        var settings = new ClientOptions { HttpClient = http.CreateClient(HttpName), ApiKey = choice.Key ?? "none", MaxRetries = 0, Timeout = LongestAnswer };
        if (choice.BaseUrl is { } address)
        {
            settings.BaseUrl = address.ToString().TrimEnd('/');
        }

        return new AnthropicClient(settings).AsIChatClient(choice.Model, options.MaxOutputTokens ?? AnthropicOutputTokens);
    }

    private OpenAiChatClient OpenAi(ModelChoice choice, ModelsOptions options)
    {
        var settings = new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http.CreateClient(HttpName)),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = LongestAnswer,
        };
        if (choice.BaseUrl is { } address)
        {
            settings.Endpoint = OpenAiAddress.Of(address, choice.Model, options.ApiVersion);
        }

        return new OpenAiChatClient(new OpenAI.Chat.ChatClient(choice.Model, new ApiKeyCredential(choice.Key ?? "none"), settings), choice.Model);
    }
}
