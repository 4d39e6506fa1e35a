using Microsoft.Extensions.AI;

namespace SreAgent.Runtime.Chat;

/// <summary>The model this installation talks with. Its client is made when it is first needed, not at start.</summary>
/// <param name="name">As configured; <c>built-in</c> for the built-in responder.</param>
/// <param name="provider"><c>anthropic</c>, <c>openai</c> or <c>built-in</c>.</param>
/// <param name="because">Why this one: which setting or variable chose it.</param>
public sealed class ChatModel(string name, string provider, string because, Func<IChatClient> client)
{
    private readonly Lazy<IChatClient> _client = new(client);

    public string Name { get; } = name;

    public string Provider { get; } = provider;

    /// <summary>For <c>doctor</c> and for whoever wonders why no model answers.</summary>
    public string Because { get; } = because;

    /// <summary>Absent when the settings hold no price for it.</summary>
    public ModelPrice? Price { get; init; }

    /// <summary>How often a request that failed for a passing reason is sent again.</summary>
    public int Retries { get; init; } = 3;

    public int? MaxOutputTokens { get; init; }

    public double? Temperature { get; init; }

    public bool IsBuiltIn => string.Equals(Provider, BuiltIn, StringComparison.Ordinal);

    public IChatClient Client => _client.Value;

    public const string BuiltIn = "built-in";
}

/// <summary>US dollars for a million tokens.</summary>
public sealed record ModelPrice(decimal InputPerMillion, decimal OutputPerMillion)
{
    public decimal Of(long inputTokens, long outputTokens) => ((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion)) / 1_000_000m;
}
