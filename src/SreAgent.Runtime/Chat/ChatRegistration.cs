using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Redaction;
using SreAgent.Core.Skills;
using SreAgent.Runtime.Chat.BuiltIn;

namespace SreAgent.Runtime.Chat;

public static class ChatRegistration
{
    /// <summary>
    /// The model this installation talks with, as <see cref="ChatModel"/>. Needs the redactor and the service catalogue from elsewhere.
    /// </summary>
    public static IServiceCollection AddChat(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<ModelsOptions>().Bind(configuration.GetSection(ModelsOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelsOptions>, ModelsOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => ModelChoice.Make(Settings(provider), Environment.GetEnvironmentVariable).Choice);
        services.AddSingleton<ISecretSource>(provider => new ModelSecrets(provider.GetRequiredService<ModelChoice>(), Settings(provider)));
        services.AddSingleton<RetryAfterMemo>();
        services.AddSingleton<ChatClientFactory>();
        services.AddHttpClient(ChatClientFactory.HttpName)
            .ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(15) })
            .AddHttpMessageHandler(provider => new ModelRequestHandler(
                Settings(provider), provider.GetRequiredService<ModelChoice>(), provider.GetRequiredService<RetryAfterMemo>()))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton(Make);
        return services;
    }

    private static ModelsOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<ModelsOptions>>().Value;

    private static ChatModel Make(IServiceProvider provider)
    {
        var options = Settings(provider);
        var choice = provider.GetRequiredService<ModelChoice>();
        if (choice.Provider == ChatModel.BuiltIn)
        {
            return new ChatModel(ChatModel.BuiltIn, ChatModel.BuiltIn, choice.Because, () => new BuiltInResponder(
                provider.GetRequiredService<IServiceCatalogue>(), provider.GetRequiredService<ISkillCatalogue>()));
        }

        return new ChatModel(choice.Model, choice.Provider, choice.Because, () => provider.GetRequiredService<ChatClientFactory>().Make(choice, options))
        {
            Price = options.Prices.TryGetValue(choice.Model, out var price) ? new ModelPrice(price.InputPerMillion, price.OutputPerMillion) : null,
            Retries = options.Retries,
            MaxOutputTokens = options.MaxOutputTokens,
            Temperature = options.Temperature,
        };
    }

    /// <summary>Finds every mistake of the section at once.</summary>
    private sealed class ModelsOptionsCheck : IValidateOptions<ModelsOptions>
    {
        public ValidateOptionsResult Validate(string? name, ModelsOptions options)
        {
            var (_, problems) = ModelChoice.Make(options, Environment.GetEnvironmentVariable);
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
    }
}
