using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Integrations;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Git;
using SreAgent.Testing.Http;

namespace SreAgent.Integrations.Tests.Git;

public class GitSettingsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Without_settings_it_is_disabled_and_says_what_would_enable_it()
    {
        using var provider = With();

        Assert.Empty(provider.GetServices<IToolset>());
        Assert.Contains("set Integrations:Git:Root and Integrations:Git:Repositories", provider.GetRequiredService<IIntegration>().DisabledBecause, StringComparison.Ordinal);
        Assert.Empty(provider.GetRequiredService<ISettingsCheck>().Problems);
    }

    [Fact]
    public void Every_mistake_is_listed_at_once_by_its_path()
    {
        using var provider = With(
            ("Root", "relative"), ("TimeoutSeconds", "0"), ("Author:Name", "Ada <x>"), ("Author:Mail", "x"), ("Colour", "red"),
            ("Repositories:a b:Url", "https://example.com/x.git"),
            ("Repositories:both:Url", "https://example.com/x.git"), ("Repositories:both:Path", "/"),
            ("Repositories:neither:Remote", "origin"),
            ("Repositories:ext:Url", "ext::sh -c x"),
            ("Repositories:gone:Path", "/no/such/clone"),
            ("Repositories:plain:Url", "http://example.com/x.git"), ("Repositories:plain:TokenFile", typeof(GitSettingsTests).Assembly.Location),
            ("Repositories:plain:CredentialHelperFile", "/no/such/helper"), ("Repositories:plain:DefaultBranch", "-x"));

        var problems = provider.GetRequiredService<ISettingsCheck>().Problems;

        string[] paths =
        [
            "Root must be", "TimeoutSeconds must be", "Author:Name must be", "Author:Mail is not a setting", "Colour is not a setting", "Repositories:a b is not a name",
            "Repositories:both:Url or Path", "Repositories:neither:Url or Path", "Repositories:ext:Url must be", "Repositories:gone:Path must be", "Repositories:plain:TokenFile is for",
            "Repositories:plain:CredentialHelperFile names", "Repositories:plain:CredentialHelperFile and", "Repositories:plain:DefaultBranch must be",
        ];
        Assert.All(paths, path => Assert.Contains(problems, problem => problem.StartsWith("Integrations:Git:" + path, StringComparison.Ordinal)));
        Assert.Equal(paths.Length, problems.Count);
        Assert.Empty(provider.GetServices<IToolset>());
    }

    [Fact]
    public void The_root_may_not_lie_in_somebodys_checkout()
    {
        using var provider = With(("Root", Path.Combine(Path.GetTempPath(), "trees")), ("Repositories:x:Path", Path.GetTempPath()));

        Assert.Contains("must not lie within each other", Assert.Single(provider.GetRequiredService<ISettingsCheck>().Problems), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_probe_names_version_and_repositories()
    {
        await using var sandbox = await GitSandbox.CreateAsync([("Environment", "staging")]);

        var probe = await sandbox.Integration.ProbeAsync(Token);

        Assert.True(probe.Ok, probe.Detail);
        Assert.Matches(@"^git \d+\.\d+\.\d+; checkout; worktrees under ", probe.Detail);
        Assert.Equal(("git", "staging"), (sandbox.Tools.Name, sandbox.Tools.Environment));
    }

    [Theory]
    [InlineData("echo git version 2.16.9", "is not git 2.17")]
    [InlineData("echo nonsense", "is not git 2.17")]
    [InlineData("echo sorry >&2; exit 3", "sorry")]
    public async Task A_program_that_is_no_usable_git_is_named(string does, string why)
    {
        await using var sandbox = await GitSandbox.CreateAsync([("Program", "{folder}/fake")]);
        GitSandbox.Plant(Path.Combine(sandbox.Folder, "fake"), $"#!/bin/sh\n{does}\n");

        var probe = await sandbox.Integration.ProbeAsync(Token);

        Assert.False(probe.Ok);
        Assert.Contains(why, probe.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_program_and_a_missing_remote_say_what_to_do()
    {
        await using var nothing = await GitSandbox.CreateAsync([("Program", "/no/such/git")]);
        await using var nowhere = await GitSandbox.CreateAsync([(".Url", "/no/such/remote.git")]);

        Assert.Contains("Integrations:Git:Program", (await nothing.Integration.ProbeAsync(Token)).Detail, StringComparison.Ordinal);
        Assert.Contains("does not appear to be a git repository", (await nowhere.Integration.ProbeAsync(Token)).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_goes_to_its_own_host_and_is_on_no_command_line()
    {
        var heads = new List<string>();
        await using var server = LoopbackStub.Doing(async (head, stream, token) =>
        {
            heads.Add(head);
            var reply = head.Contains("\r\nAuthorization:", StringComparison.OrdinalIgnoreCase)
                ? LoopbackStub.Reply(404, "text/plain", "no")
                : "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply), token);
        });
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "s3cret'\"$(x)\n", Token);
        await using var sandbox = await GitSandbox.CreateAsync([(".Url", $"{server.Address}checkout.git"), (".TokenFile", file), (".Username", "bot")]);
        var remote = await sandbox.Worktrees.Repositories[0].RemoteAsync(Token);

        var probe = await sandbox.Integration.ProbeAsync(Token);

        Assert.Contains("not found", probe.Detail, StringComparison.Ordinal);
        Assert.Contains(heads, head => head.Contains($"Authorization: Basic {Convert.ToBase64String(Encoding.ASCII.GetBytes("bot:s3cret'\"$(x)"))}", StringComparison.Ordinal));
        var call = new GitCall(null, "ls-remote") { Remote = remote };
        string[] visible = [.. GitSurroundings.Arguments(call), .. new GitSurroundings(new GitOptions { Root = sandbox.Root }).Environment(call).Values];
        Assert.All(visible, text => Assert.DoesNotContain("s3cret", text, StringComparison.Ordinal));
        Assert.Contains(visible, text => text.StartsWith($"credential.{server.Address.GetLeftPart(UriPartial.Authority)}.helper=", StringComparison.Ordinal));
        Assert.Contains("s3cret'\"$(x)", sandbox.Secrets.SelectMany(source => source.Secrets));
        File.Delete(file);
    }

    [Fact]
    public async Task Credentials_nobody_configured_are_asked_of_nobody()
    {
        await using var server = LoopbackStub.Saying("HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var sandbox = await GitSandbox.CreateAsync([(".Url", $"{server.Address}checkout.git")]);

        var fault = await Assert.ThrowsAsync<ToolException>(() => sandbox.CreateWorktreeAsync());

        Assert.Contains("does not accept the credentials", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
    }

    private static ServiceProvider With(params (string Name, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddGit(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => $"Integrations:Git:{setting.Name}", setting => (string?)setting.Value, StringComparer.Ordinal)).Build());
        return services.BuildServiceProvider();
    }
}
