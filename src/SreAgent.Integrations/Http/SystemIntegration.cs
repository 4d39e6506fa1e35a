using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Http;

/// <summary>What is the same for every system reached over HTTP: why it is off, what is wrong with its settings, which values are secret.</summary>
/// <param name="name">As its settings section is called.</param>
/// <param name="connection">Absent when the settings give no usable address.</param>
/// <param name="problems">Every mistake in its settings.</param>
/// <param name="enabledBy">What to set in its section to enable it.</param>
internal abstract class SystemIntegration(string name, ConnectionOptions? connection, IReadOnlyList<string> problems, string enabledBy = "BaseUrl") : IIntegration, ISettingsCheck, ISecretSource
{
    public string Name => name;

    public string? DisabledBecause =>
        problems.Count > 0 ? string.Join(' ', problems)
        : connection is null ? $"Integrations:{name} is not configured; set Integrations:{name}:{enabledBy} to enable it."
        : null;

    public IReadOnlyList<string> Problems => problems;

    public virtual IEnumerable<string> Secrets => connection?.Secrets() ?? [];

    public async Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken)
    {
        if (connection is null || DisabledBecause is not null)
        {
            return new ProbeResult(Ok: false, DisabledBecause ?? "");
        }

        try
        {
            var version = await VersionAsync(cancellationToken);
            var warning = connection.Tls.InsecureSkipVerify
                ? $" WARNING: {connection.Path}:Tls:InsecureSkipVerify is on, so anybody in between can read and forge what is said; use CaFile instead."
                : "";
            return new ProbeResult(Ok: true, $"{name} {version} at {PlainAddress.Show(connection.BaseUrl)}.{warning}");
        }
        catch (ToolException e)
        {
            return new ProbeResult(Ok: false, e.Message);
        }
    }

    /// <summary>The cheapest question that proves address, identity and version.</summary>
    protected abstract Task<string> VersionAsync(CancellationToken cancellationToken);
}

internal static class SystemIntegrationRegistration
{
    /// <summary>One object in its three roles.</summary>
    public static IServiceCollection AddSystemIntegration<T>(this IServiceCollection services, Func<IServiceProvider, T> create)
        where T : SystemIntegration =>
        services.AddSingleton(create)
            .AddSingleton<IIntegration>(provider => provider.GetRequiredService<T>())
            .AddSingleton<ISettingsCheck>(provider => provider.GetRequiredService<T>())
            .AddSingleton<ISecretSource>(provider => provider.GetRequiredService<T>());
}
