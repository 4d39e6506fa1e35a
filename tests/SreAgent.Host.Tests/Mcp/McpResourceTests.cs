using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Catalogue;
using SreAgent.Core.Conversations;

namespace SreAgent.Host.Tests.Mcp;

public sealed class McpResourceTests : IAsyncLifetime
{
    private readonly McpWorld _world = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sre-agent-runbooks");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Skills_runbooks_and_evidence_are_listed_and_read(string era)
    {
        await WriteRunbookAsync("checkout", "# When checkout burns\n");
        var handle = await _world.Guardrail.Results.KeepAsync(null, "practice_echo", """{"whole":"answer"}""", DateTimeOffset.UnixEpoch, TestContext.Current.CancellationToken);
        var client = await _world.ClientAsync(era);

        var uris = (await client.ListResourcesAsync(cancellationToken: TestContext.Current.CancellationToken)).Select(resource => resource.Uri);

        Assert.Equal(["skill://deploy-fly/SKILL.md", "skill://deploy-fly/references/rollback.md", "runbook://checkout", $"evidence://{handle}"], uris);
        Assert.Equal("# Deploy\n", await ReadAsync(client, "skill://deploy-fly/SKILL.md"));
        Assert.Equal("text of references/rollback.md", await ReadAsync(client, "skill://deploy-fly/references/rollback.md"));
        Assert.Equal("# When checkout burns\n", await ReadAsync(client, "runbook://checkout"));
        Assert.Equal("""{"whole":"answer"}""", await ReadAsync(client, $"evidence://{handle}"));
    }

    [Theory]
    [InlineData("skill://nothing/SKILL.md")]
    [InlineData("skill://deploy-fly/other.md")]
    [InlineData("skill://deploy-fly/../../etc/passwd")]
    [InlineData("skill://deploy-fly/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("skill://deploy-fly")]
    [InlineData("runbook://cart")]
    [InlineData("runbook://../../etc/passwd")]
    [InlineData("evidence://res-none")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    public async Task What_is_not_there_is_invalid_params(string uri)
    {
        var client = await _world.ClientAsync();
        var error = await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(client, uri.Length == 0 ? "nothing" : uri));
        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
    }

    [Fact]
    public async Task Evidence_of_somebody_elses_conversation_does_not_exist()
    {
        var token = TestContext.Current.CancellationToken;
        await _world.Conversations.SaveAsync(new Conversation("c-mine", "ada", McpWorld.User, "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), token);
        await _world.Conversations.SaveAsync(new Conversation("c-hers", "ada", "os:grace", "", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch), token);
        var mine = await _world.Guardrail.Results.KeepAsync("c-mine", "practice_echo", "mine", DateTimeOffset.UnixEpoch, token);
        var hers = await _world.Guardrail.Results.KeepAsync("c-hers", "practice_echo", "hers", DateTimeOffset.UnixEpoch, token);
        var client = await _world.ClientAsync();

        var uris = (await client.ListResourcesAsync(cancellationToken: token)).Select(resource => resource.Uri).ToArray();

        Assert.Contains($"evidence://{mine}", uris);
        Assert.DoesNotContain($"evidence://{hers}", uris);
        await Assert.ThrowsAsync<McpProtocolException>(() => ReadAsync(client, $"evidence://{hers}"));
    }

    [Fact]
    public async Task A_secret_in_a_runbook_does_not_leave_the_house()
    {
        await WriteRunbookAsync("checkout", "curl https://admin:hunter2hunter2@checkout.internal/reset\n");
        var text = await ReadAsync(await _world.ClientAsync(), "runbook://checkout");
        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Contains("[redacted:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Templates_complete_to_what_there_is()
    {
        await WriteRunbookAsync("checkout", "# Runbook\n");
        var client = await _world.ClientAsync();
        var templates = await client.ListResourceTemplatesAsync(cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["skill://{name}/{+file}", "runbook://{service}", "evidence://{handle}"], templates.Select(template => template.UriTemplate));

        Assert.Equal(["deploy-fly"], await CompleteAsync(client, "skill://{name}/{+file}", "name", "dep"));
        Assert.Equal(["SKILL.md"], await CompleteAsync(client, "skill://{name}/{+file}", "file", "SK"));
        Assert.Equal(["checkout"], await CompleteAsync(client, "runbook://{service}", "service", ""));
        var error = await Assert.ThrowsAsync<McpProtocolException>(() => CompleteAsync(client, "other://{x}", "x", ""));
        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
    }

    private async Task WriteRunbookAsync(string service, string text)
    {
        var path = Path.Combine(_folder.FullName, $"{service}.md");
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        _world.Library.ServiceList.RemoveAll(known => known.Name == service);
        _world.Library.ServiceList.Add(new Service { Name = service, Environment = "practice", Runbook = path });
    }

    private static async Task<IEnumerable<string>> CompleteAsync(McpClient client, string template, string variable, string typed) =>
        (await client.CompleteAsync(
            new ResourceTemplateReference { Uri = template }, variable, typed, cancellationToken: TestContext.Current.CancellationToken)).Completion.Values;

    private static async Task<string> ReadAsync(McpClient client, string uri) =>
        Assert.IsType<TextResourceContents>(Assert.Single(
            (await client.ReadResourceAsync(uri, cancellationToken: TestContext.Current.CancellationToken)).Contents)).Text;
}
