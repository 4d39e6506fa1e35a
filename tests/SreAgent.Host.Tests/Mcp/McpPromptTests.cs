using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using SreAgent.Core.Personas;
using SreAgent.Runtime.Prompts;

namespace SreAgent.Host.Tests.Mcp;

public sealed class McpPromptTests : IAsyncLifetime
{
    private readonly McpWorld _world = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(McpWorld.Handshake)]
    [InlineData(McpWorld.Stateless)]
    public async Task Every_persona_is_a_prompt_with_the_arguments_that_mean_something_to_it(string era)
    {
        var client = await _world.ClientAsync(era);
        var prompts = await client.ListPromptsAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["ada", "reader"], prompts.Select(prompt => prompt.Name));
        Assert.Equal("Ada", prompts[0].ProtocolPrompt.Title);
        Assert.Equal(["focus", "mode", "service"], prompts[0].ProtocolPrompt.Arguments!.Select(argument => argument.Name));
        Assert.Equal(["focus", "service"], prompts[1].ProtocolPrompt.Arguments!.Select(argument => argument.Name));
        Assert.All(prompts[0].ProtocolPrompt.Arguments!, argument => Assert.NotEqual(true, argument.Required));
    }

    [Fact]
    public async Task A_prompt_holds_who_to_be_and_what_was_chosen()
    {
        var text = await GetAsync("ada", new() { ["mode"] = "firefighter", ["service"] = "checkout", ["focus"] = "upgrade" });
        foreach (var part in new[] { "You are Ada.", "Stop the bleeding first.", "checkout", "payments", "How is it upgraded?", "practice_echo" })
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_persona_speaks_as_it_does_in_a_conversation()
    {
        var persona = ((IPersonaCatalogue)_world.Library).Find("ada")!;

        var text = await GetAsync("ada", new() { ["mode"] = "Firefighter" });

        Assert.StartsWith(_world.Services.GetRequiredService<ISystemPrompt>().For(persona, "firefighter").TrimEnd(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_focus_may_be_words_of_ones_own_and_an_empty_field_is_no_argument()
    {
        var text = await GetAsync("ada", new() { ["focus"] = "latency since noon", ["mode"] = "" });
        Assert.Contains("latency since noon", text, StringComparison.Ordinal);
        Assert.DoesNotContain("# Mode", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", null, null, "ada, reader")]
    [InlineData("ada", "mode", "sleepy", "firefighter, automator")]
    [InlineData("ada", "service", "cartt", "checkout, cart")]
    [InlineData("ada", "colour", "red", "focus, mode, service")]
    public async Task What_does_not_exist_is_refused_with_what_does(string prompt, string? argument, string? value, string listed)
    {
        var error = await Assert.ThrowsAsync<McpProtocolException>(
            () => GetAsync(prompt, argument is null ? [] : new() { [argument] = value }));
        Assert.Equal(McpErrorCode.InvalidParams, error.ErrorCode);
        Assert.Contains(listed, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ada", "mode", "fire", new[] { "firefighter" })]
    [InlineData("ada", "mode", "", new[] { "firefighter", "automator" })]
    [InlineData("ada", "focus", "on", new[] { "on-call" })]
    [InlineData("ada", "service", "c", new[] { "checkout", "cart" })]
    [InlineData("ada", "colour", "", new string[0])]
    public async Task Arguments_complete_to_what_there_is(string prompt, string argument, string typed, string[] expected)
    {
        var client = await _world.ClientAsync();
        var completed = await client.CompleteAsync(
            new PromptReference { Name = prompt }, argument, typed, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected, completed.Completion.Values);
    }

    private async Task<string> GetAsync(string prompt, Dictionary<string, object?> arguments)
    {
        var client = await _world.ClientAsync();
        var result = await client.GetPromptAsync(prompt, arguments, cancellationToken: TestContext.Current.CancellationToken);
        var message = Assert.Single(result.Messages);
        Assert.Equal(Role.User, message.Role);
        return Assert.IsType<TextContentBlock>(message.Content).Text;
    }
}
