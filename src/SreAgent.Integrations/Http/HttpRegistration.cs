using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace SreAgent.Integrations.Http;

/// <summary>Gives a system its HttpClient: address, identity, retries, connection. Nothing is opened before the first call.</summary>
internal static class HttpRegistration
{
    private static readonly string Version = typeof(HttpRegistration).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "0";

    /// <param name="name">As its settings section is called.</param>
    public static IHttpClientBuilder AddSystemHttpClient(this IServiceCollection services, string name, ConnectionOptions options) =>
        services.AddPlainHttpClient(name, options)
            .ConfigureHttpClient(client =>
            {
                client.BaseAddress = options.BaseUrl;
                client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
            })
            .AddHttpMessageHandler(provider => new RetryHandler(provider.GetService<TimeProvider>() ?? TimeProvider.System))
            .AddHttpMessageHandler(() => new AuthenticationHandler(options));

    /// <summary>The connection alone: asks once and as nobody.</summary>
    public static IHttpClientBuilder AddPlainHttpClient(this IServiceCollection services, string name, ConnectionOptions options) =>
        services.AddHttpClient(name, client =>
            {
                client.Timeout = Timeout.InfiniteTimeSpan; // The caller's deadline covers the body too.
                client.DefaultRequestHeaders.UserAgent.ParseAdd($"sre-agent/{Version}");
            })
            .RemoveAllLoggers() // They would log addresses with queries.
            .ConfigurePrimaryHttpMessageHandler(() => PrimaryHandler.Create(options));
}
