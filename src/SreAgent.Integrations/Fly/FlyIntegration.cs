using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Fly.Api;
using SreAgent.Integrations.Fly.Flyctl;
using SreAgent.Integrations.Fly.Machines;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Fly;

/// <summary>Registers Fly from its settings.</summary>
public static class FlyRegistration
{
    /// <summary>
    /// Always adds the integration, so that a reason can be shown; its tools only when the settings allow. Needs <see cref="IServiceCatalogue"/>
    /// and <see cref="IRollouts"/>. Opens no connection.
    /// </summary>
    public static IServiceCollection AddFly(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = FlyOptions.Read(configuration, problems);
        services.AddSystemIntegration(provider => new FlyIntegration(options, problems, provider.GetService<IFlyMachinesApi>()));
        return options is { Connection: { } machines, Web: { } web, Registry: { } registry } && problems.Count == 0
            ? services.AddFly(options, machines, web, registry)
            : services;
    }

    internal static IServiceCollection AddFly(this IServiceCollection services, FlyOptions options, ConnectionOptions machines, ConnectionOptions web, ConnectionOptions registry)
    {
        services.AddSingleton(provider => new RequestPace(Clock(provider)));
        services.AddSystemHttpClient(FlyMachinesClient.ClientName, machines).AddHttpMessageHandler(provider => new PacedHandler(provider.GetRequiredService<RequestPace>()));
        services.AddSystemHttpClient(FlyWebClient.ClientName, web);
        services.AddSystemHttpClient(FlyRegistryClient.ClientName, registry);
        services.AddSingleton<IFlyMachinesApi>(provider => new FlyMachinesClient(machines, provider.GetRequiredService<IHttpClientFactory>(), Clock(provider)));
        services.AddSingleton<IFlyWebApi>(provider => new FlyWebClient(web, provider.GetRequiredService<IHttpClientFactory>(), Clock(provider)));
        services.AddSingleton<IFlyRegistry>(provider => new FlyRegistryClient(registry, provider.GetRequiredService<IHttpClientFactory>(), Clock(provider)));
        services.AddSingleton(provider => new AppConfigurations(provider.GetRequiredService<IFlyWebApi>(), provider.GetRequiredService<IServiceCatalogue>()));
        services.AddSingleton(provider => Platform(provider, options));
        services.AddSingleton<IToolset>(provider => Tools(provider, options));
        return services;
    }

    private static FlyPlatform Platform(IServiceProvider provider, FlyOptions options)
    {
        var (api, web, clock) = (provider.GetRequiredService<IFlyMachinesApi>(), provider.GetRequiredService<IFlyWebApi>(), Clock(provider));
        var path = FlyctlBinary.Find(options.Flyctl);
        IFlyExecutor[] executors =
        [
            new FlyctlExecutor(path, api, path is null ? null : new FlyctlProcess(path, options, clock), new FlyctlWatch(api, web, options, clock), options),
            new MachinesApiExecutor(new RollingUpdate(api, options, clock)),
        ];
        return new FlyPlatform(api, web, provider.GetRequiredService<IFlyRegistry>(), provider.GetRequiredService<AppConfigurations>(), executors, options, clock);
    }

    private static FlyTools Tools(IServiceProvider provider, FlyOptions options)
    {
        var (api, clock) = (provider.GetRequiredService<IFlyMachinesApi>(), Clock(provider));
        var rolling = new RollingUpdate(api, options, clock);
        var updater = new MachineUpdater(api, options, clock);
        var operations = new FlyOperations(
            new MachineScaling(api, rolling, updater), new RollingRestart(api, updater, options, clock), new SecretSetting(api, rolling, options), provider.GetRequiredService<AppConfigurations>());
        return new FlyTools(
            api, provider.GetRequiredService<IFlyWebApi>(), new AppNames(provider.GetRequiredService<IServiceCatalogue>()), new FlyPages(options),
            provider.GetRequiredService<FlyPlatform>(), provider.GetRequiredService<IRollouts>(), operations, options, clock);
    }

    private static TimeProvider Clock(IServiceProvider provider) => provider.GetService<TimeProvider>() ?? TimeProvider.System;
}

/// <param name="api">Absent when disabled.</param>
internal sealed class FlyIntegration(FlyOptions options, IReadOnlyList<string> problems, IFlyMachinesApi? api) : SystemIntegration("Fly", options.Connection, problems, enabledBy: "Token")
{
    /// <remarks>Macaroons travel in a comma list; each alone is a secret too.</remarks>
    public override IEnumerable<string> Secrets =>
        base.Secrets.SelectMany(secret => FlyToken.Bare(secret).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Append(FlyToken.Bare(secret)).Append(secret))
            .Concat(options.Secrets.Values.Select(secret => secret.TryRead()).OfType<string>())
            .Where(secret => secret.Length > 0).Distinct(StringComparer.Ordinal);

    protected override async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (api is null)
        {
            return "";
        }

        if (options.Organization is { } organization)
        {
            return $"Machines API v1 (organisation {organization}, {(await api.AppsAsync(organization, cancellationToken)).Count} applications)";
        }

        var tokens = await api.TokensAsync(cancellationToken);
        var reach = tokens.Select(token => token.Apps is { Count: > 0 } named ? string.Join(", ", named) : $"all of {token.OrgSlug ?? "an organisation"}");
        return tokens.Count > 0 ? $"Machines API v1 (token for {string.Join("; ", reach)})" : throw new ToolException("Fly answers, but knows nothing of the token; check Integrations:Fly:Token.");
    }
}
