using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Rollouts;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Endpoints;

/// <summary>Registers the probe of services' own addresses. It has no settings: whoever asks brings the address, from the catalogue.</summary>
public static class EndpointsRegistration
{
    public static IServiceCollection AddEndpoints(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);

        // Without the pipeline's retries: whether one request is answered is the question.
        services.AddPlainHttpClient(EndpointProbe.ClientName, new ConnectionOptions
        {
            Path = "Services",
            BaseUrl = new Uri("http://from-the-catalogue.invalid/"),
            Timeout = EndpointProbe.Patience,
        });
        return services.AddSingleton<IEndpointProbe>(provider => new EndpointProbe(
            provider.GetRequiredService<IHttpClientFactory>(), provider.GetService<TimeProvider>() ?? TimeProvider.System, EndpointProbe.Patience));
    }
}
