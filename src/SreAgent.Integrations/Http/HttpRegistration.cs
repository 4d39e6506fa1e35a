using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace SreAgent.Integrations.Http;

/// <summary>Gives a system its HttpClient: address, identity, retries, connection. Nothing is opened before the first call.</summary>
internal static class HttpRegistration
{
    private static readonly string Version = typeof(HttpRegistration).Assembly.GetCustomAttribute<AssemblyFileVersionAttribute>()?.Version ?? "0";

    /// <param name="name">As its settings section is called.</param>
    public static IHttpClientBuilder AddSystemHttpClient(this IServiceCollection services, string name, ConnectionOptions options) =>
        services.AddHttpClient(name, client =>
            {
                client.BaseAddress = options.BaseUrl;
                client.Timeout = Timeout.InfiniteTimeSpan; // SystemHttp's deadline covers the body too.
                client.DefaultRequestHeaders.UserAgent.ParseAdd($"sre-agent/{Version}");
                client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
            })
            .RemoveAllLoggers() // They would log addresses with queries.
            .ConfigurePrimaryHttpMessageHandler(() => PrimaryHandler.Create(options))
            .AddHttpMessageHandler(provider => new RetryHandler(provider.GetService<TimeProvider>() ?? TimeProvider.System))
            .AddHttpMessageHandler(() => new AuthenticationHandler(options));
}
