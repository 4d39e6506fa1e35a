namespace SreAgent.Runtime.Chat;

/// <summary>The settings' <c>Models</c> section: which model talks, and how it is reached.</summary>
public sealed class ModelsOptions
{
    public const string Section = "Models";

    /// <summary><c>anthropic</c>, <c>openai</c> (anything that speaks its chat completions) or <c>built-in</c>. Chosen by the key that is there when absent.</summary>
    public string? Provider { get; set; }

    /// <summary>As the provider names it; for Azure OpenAI the deployment.</summary>
    public string? Model { get; set; }

    /// <summary>Where it answers, when that is not the provider's own address: <c>http://localhost:11434/v1</c>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Better from the environment or a file than written into settings.</summary>
    public string? ApiKey { get; set; }

    /// <summary>File whose content is the key.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>Longest answer in tokens, 1 to 1,000,000.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>0 to 2; the model's own default when absent. Some models accept none.</summary>
    public double? Temperature { get; set; }

    /// <summary>How long to wait for the next piece of an answer; 1 to 3,600.</summary>
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>How often a request that failed for a passing reason is sent again; 0 to 10.</summary>
    public int Retries { get; set; } = 3;

    /// <summary>Sent with every request: what a gateway asks for.</summary>
    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Azure OpenAI's dated API; leave out for its <c>/openai/v1</c> address.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>US dollars for a million tokens, by model name.</summary>
    public Dictionary<string, PriceOptions> Prices { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What a model costs, in US dollars for a million tokens.</summary>
public sealed class PriceOptions
{
    public decimal InputPerMillion { get; set; }

    public decimal OutputPerMillion { get; set; }
}
