using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SreAgent.Core.Conversations;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Runtime.Conversations;

public static class ConversationRegistration
{
    /// <summary>
    /// The conversation loop. Needs, from elsewhere: the chat model, the tool invoker and the approval desk, the stores, the personas, the
    /// system prompt, the redactor, a clock and logging.
    /// </summary>
    public static IServiceCollection AddConversations(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<AgentOptions>().Bind(configuration.GetSection(AgentOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AgentOptions>, AgentOptionsCheck>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PersonaChoice>();
        services.AddSingleton<LongMessage>();
        services.AddSingleton<ContextReporter>();
        services.AddSingleton<ModelAsker>();
        services.AddSingleton<CallRunner>();
        services.AddSingleton<HeldCalls>();
        services.AddSingleton<TurnLoop>();
        services.AddSingleton<IConversationService, ConversationService>();
        services.AddSingleton<IToolset>(provider => new ConversationTools(
            provider.GetRequiredService<IResultStore>(), provider.GetRequiredService<IApprovalDesk>, provider.GetRequiredService<IPersonaCatalogue>()));
        return services;
    }
}
