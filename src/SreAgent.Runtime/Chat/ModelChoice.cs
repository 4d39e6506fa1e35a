using System.Globalization;

namespace SreAgent.Runtime.Chat;

/// <summary>Which model the settings and the environment come to, with its key; and every mistake found on the way.</summary>
/// <param name="Provider"><c>anthropic</c>, <c>openai</c> or <c>built-in</c>.</param>
/// <param name="Because">What decided it.</param>
/// <param name="Key">Absent for a local server that wants none.</param>
internal sealed record ModelChoice(string Provider, string Model, Uri? BaseUrl, string? Key, string Because)
{
    public const string Anthropic = "anthropic";
    public const string OpenAi = "openai";

    private const string AnthropicDefault = "claude-sonnet-5-5";
    private const string OpenAiDefault = "gpt-5.1";
    private static readonly string[] AnthropicKeys = ["ANTHROPIC_API_KEY"];
    private static readonly string[] OpenAiKeys = ["OPENAI_API_KEY", "AZURE_OPENAI_API_KEY"];

    /// <summary>Never part of a message or a log.</summary>
    public override string ToString() => $"{Provider} {Model}";

    public static (ModelChoice Choice, IReadOnlyList<string> Problems) Make(ModelsOptions options, Func<string, string?> environment)
    {
        List<string> problems = [];
        CheckRanges(options, problems);
        var baseUrl = BaseUrlOf(options, problems);
        var (provider, because) = ProviderOf(options, environment, problems);
        if (provider == ChatModel.BuiltIn)
        {
            return (new ModelChoice(provider, ChatModel.BuiltIn, BaseUrl: null, Key: null, because), problems);
        }

        var key = KeyOf(options, provider, baseUrl, environment, problems);
        if (options.ApiVersion is not null && baseUrl is null)
        {
            problems.Add("Models:ApiVersion is for Azure OpenAI and needs Models:BaseUrl, such as https://NAME.openai.azure.com.");
        }

        if (baseUrl is not null && string.IsNullOrWhiteSpace(options.Model))
        {
            problems.Add($"Models:Model is missing; {baseUrl.Host} has its own names.");
        }

        var model = options.Model is { Length: > 0 } named ? named : provider == Anthropic ? AnthropicDefault : OpenAiDefault;
        return (new ModelChoice(provider, model, baseUrl, key, because), problems);
    }

    private static (string Provider, string Because) ProviderOf(ModelsOptions options, Func<string, string?> environment, List<string> problems)
    {
        switch (options.Provider?.Trim().ToLowerInvariant())
        {
            case Anthropic or OpenAi or ChatModel.BuiltIn:
                var named = options.Provider.Trim().ToLowerInvariant();
                return (named, $"Models:Provider says {named}");
            case null or "":
                break;
            default:
                problems.Add($"Models:Provider is '{options.Provider}'; it takes anthropic, openai or built-in.");
                return (ChatModel.BuiltIn, "Models:Provider cannot be used");
        }

        if (options.Model is not null || options.BaseUrl is not null || options.ApiKey is not null || options.ApiKeyFile is not null)
        {
            problems.Add("Models:Provider is missing; say anthropic, or openai for anything that speaks its chat completions.");
            return (ChatModel.BuiltIn, "Models:Provider is missing");
        }

        // An Azure key alone names no address, so it decides nothing.
        var anthropic = Present(environment, AnthropicKeys);
        var openAi = Present(environment, ["OPENAI_API_KEY"]);
        return (anthropic, openAi) switch
        {
            ({ } variable, null) => (Anthropic, $"{variable} is set and Models:Provider is not"),
            (null, { } variable) => (OpenAi, $"{variable} is set and Models:Provider is not"),
            (null, null) => (ChatModel.BuiltIn, "no model is configured: set Models:Provider, or ANTHROPIC_API_KEY or OPENAI_API_KEY"),
            _ => (ChatModel.BuiltIn, "both ANTHROPIC_API_KEY and OPENAI_API_KEY are set: say which with Models:Provider"),
        };
    }

    private static string? KeyOf(ModelsOptions options, string provider, Uri? baseUrl, Func<string, string?> environment, List<string> problems)
    {
        if (options.ApiKey is { Length: > 0 } key)
        {
            return key.Trim();
        }

        if (options.ApiKeyFile is { Length: > 0 } file)
        {
            try
            {
                return File.ReadAllText(file).Trim() is { Length: > 0 } content ? content : Problem($"Models:ApiKeyFile '{file}' is empty.");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Problem($"Models:ApiKeyFile '{file}' cannot be read: {exception.Message}");
            }
        }

        var variables = provider == Anthropic ? AnthropicKeys : OpenAiKeys;
        if (Present(environment, variables) is { } variable)
        {
            return environment(variable)!.Trim();
        }

        // A server of one's own usually wants no key; the providers' own addresses always do.
        return baseUrl is not null ? null : Problem($"No key for {provider}: set {variables[0]}, Models:ApiKey or Models:ApiKeyFile.");

        string? Problem(string text)
        {
            problems.Add(text);
            return null;
        }
    }

    private static string? Present(Func<string, string?> environment, string[] variables) =>
        variables.FirstOrDefault(variable => !string.IsNullOrWhiteSpace(environment(variable)));

    private static Uri? BaseUrlOf(ModelsOptions options, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(options.BaseUrl))
        {
            return null;
        }

        if (!Uri.TryCreate(options.BaseUrl.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            problems.Add("Models:BaseUrl must be an http or https address, such as http://localhost:11434/v1.");
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            problems.Add("Models:BaseUrl holds a user or password; use Models:ApiKey or Models:Headers.");
        }

        return address;
    }

    private static void CheckRanges(ModelsOptions options, List<string> problems)
    {
        Range("MaxOutputTokens", options.MaxOutputTokens, 1, 1_000_000);
        Range("TimeoutSeconds", options.TimeoutSeconds, 1, 3_600);
        Range("Retries", options.Retries, 0, 10);
        Range("Temperature", options.Temperature, 0, 2);
        problems.AddRange(options.Prices.Where(price => price.Value.InputPerMillion < 0 || price.Value.OutputPerMillion < 0)
            .Select(price => $"Models:Prices:{price.Key} is negative."));

        void Range(string setting, double? value, double lowest, double highest)
        {
            if (value is { } given && !(given >= lowest && given <= highest))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Models:{setting} is {given}; it takes {lowest} to {highest}."));
            }
        }
    }
}
