using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Readiness;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git.Local;
using SreAgent.Integrations.Http;

namespace SreAgent.Integrations.Git;

/// <summary>Registers the worktrees from their settings.</summary>
public static class GitRegistration
{
    /// <summary>Always adds the integration, so that a reason can be shown; its tools only when the settings allow. Runs and writes nothing.</summary>
    public static IServiceCollection AddGit(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        var problems = new List<string>();
        var options = GitOptions.Read(configuration, problems);
        var enabled = options.Root is not null && problems.Count == 0;
        services.AddSingleton(provider => new GitIntegration(options, problems, enabled ? provider.GetRequiredService<GitCommand>() : null, enabled ? provider.GetRequiredService<Worktrees>() : null))
            .AddSingleton<IIntegration>(provider => provider.GetRequiredService<GitIntegration>())
            .AddSingleton<ISettingsCheck>(provider => provider.GetRequiredService<GitIntegration>())
            .AddSingleton<ISecretSource>(new GitSecrets(options))
            .AddSingleton<ILocalClones>(provider => new LocalClones(provider.GetService<TimeProvider>() ?? TimeProvider.System));
        return !enabled ? services : services
            .AddSingleton(provider => new GitCommand(options, new GitSurroundings(options), provider.GetService<TimeProvider>() ?? TimeProvider.System))
            .AddSingleton(provider => new Worktrees(options, provider.GetRequiredService<GitCommand>()))
            .AddSingleton<IToolset>(provider => new GitTools(
                options, provider.GetRequiredService<GitCommand>(), provider.GetRequiredService<Worktrees>(), provider.GetServices<ISecretSource>()));
    }
}

/// <param name="command">Absent when disabled.</param>
/// <param name="worktrees">Absent when disabled.</param>
internal sealed partial class GitIntegration(GitOptions options, IReadOnlyList<string> problems, GitCommand? command, Worktrees? worktrees) : IIntegration, ISettingsCheck
{
    private static readonly Version Oldest = new(2, 17);

    public string Name => "Git";

    public string? DisabledBecause =>
        problems.Count > 0 ? string.Join(' ', problems)
        : options.Root is null ? $"{GitOptions.Section} is not configured; set {GitOptions.Section}:Root and {GitOptions.Section}:Repositories to enable it."
        : null;

    public IReadOnlyList<string> Problems => problems;

    public async Task<ProbeResult> ProbeAsync(CancellationToken cancellationToken)
    {
        if (command is null || worktrees is null)
        {
            return new ProbeResult(Ok: false, DisabledBecause ?? "");
        }

        try
        {
            var said = (await command.DoAsync(new GitCall(null, "--version"), cancellationToken)).Line;
            if (!Version.TryParse(Number().Match(said).Value, out var version) || version < Oldest)
            {
                return new ProbeResult(Ok: false, $"'{said}' is not git {Oldest} or newer. Install one, or set {GitOptions.Section}:Program.");
            }

            await Task.WhenAll(worktrees.Repositories.Select(repository => repository.AskRemoteAsync("main", cancellationToken)));
            return new ProbeResult(Ok: true, $"git {version}; {string.Join(", ", worktrees.Repositories.Select(repository => repository.Name))}; worktrees under {options.Root}.");
        }
        catch (ToolException e)
        {
            return new ProbeResult(Ok: false, e.Message);
        }
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();
}

/// <summary>The tokens in files, as they stand now.</summary>
internal sealed class GitSecrets(GitOptions options) : ISecretSource
{
    private readonly SecretValue[] _files = [.. options.Repositories.Select(repository => repository.TokenFile).OfType<string>().Select(SecretValue.InFile)];

    public IEnumerable<string> Secrets => _files.Select(file => file.TryRead()).OfType<string>();
}
