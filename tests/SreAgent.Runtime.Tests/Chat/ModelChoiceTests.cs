using SreAgent.Runtime.Chat;

namespace SreAgent.Runtime.Tests.Chat;

public sealed class ModelChoiceTests
{
    [Fact]
    public void With_nothing_configured_the_built_in_responder_answers_and_says_how_to_change_that()
    {
        var (choice, problems) = Make(new ModelsOptions());
        Assert.Equal(ChatModel.BuiltIn, choice.Provider);
        Assert.Contains("Models:Provider", choice.Because, StringComparison.Ordinal);
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("ANTHROPIC_API_KEY", "anthropic")]
    [InlineData("OPENAI_API_KEY", "openai")]
    public void One_key_in_the_environment_chooses_its_provider_and_says_so(string variable, string provider)
    {
        var (choice, problems) = Make(new ModelsOptions(), (variable, "sk-1"));
        Assert.Equal((provider, "sk-1"), (choice.Provider, choice.Key));
        Assert.Contains(variable, choice.Because, StringComparison.Ordinal);
        Assert.NotEmpty(choice.Model);
        Assert.Empty(problems);
    }

    [Fact]
    public void Two_keys_choose_nothing()
    {
        var (choice, problems) = Make(new ModelsOptions(), ("ANTHROPIC_API_KEY", "a"), ("OPENAI_API_KEY", "b"));
        Assert.Equal(ChatModel.BuiltIn, choice.Provider);
        Assert.Contains("say which", choice.Because, StringComparison.Ordinal);
        Assert.Empty(problems);
    }

    [Fact]
    public void Built_in_can_be_asked_for_although_a_key_is_there() =>
        Assert.Equal(ChatModel.BuiltIn, Make(new ModelsOptions { Provider = "built-in" }, ("OPENAI_API_KEY", "b")).Choice.Provider);

    [Fact]
    public void A_server_of_ones_own_needs_no_key_but_a_model()
    {
        Assert.Empty(Make(new ModelsOptions { Provider = "openai", BaseUrl = "http://localhost:11434", Model = "qwen3" }).Problems);
        Assert.Contains("Models:Model is missing", Assert.Single(Make(new ModelsOptions { Provider = "openai", BaseUrl = "http://localhost:11434" }).Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void The_providers_own_address_needs_a_key() =>
        Assert.Equal("No key for anthropic: set ANTHROPIC_API_KEY, Models:ApiKey or Models:ApiKeyFile.", Assert.Single(Make(new ModelsOptions { Provider = "anthropic" }).Problems));

    [Fact]
    public void A_key_can_come_from_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "sk-from-file\n");
            Assert.Equal("sk-from-file", Make(new ModelsOptions { Provider = "openai", ApiKeyFile = file }).Choice.Key);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Every_mistake_is_named_at_once_with_its_path_and_without_the_key()
    {
        var (choice, problems) = Make(new ModelsOptions
        {
            Provider = "openai",
            BaseUrl = "localhost:8000",
            ApiKeyFile = "/no/such/file",
            ApiVersion = "2025-01-01",
            MaxOutputTokens = 0,
            Temperature = 9,
            TimeoutSeconds = 0,
            Retries = 99,
        });
        Assert.Equal(
            ["Models:MaxOutputTokens", "Models:TimeoutSeconds", "Models:Retries", "Models:Temperature", "Models:BaseUrl", "Models:ApiKeyFile", "Models:ApiVersion"],
            problems.Select(problem => problem.Split(' ')[0]));
        Assert.DoesNotContain("sk-", choice with { Key = "sk-1" } + string.Concat(problems), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_without_a_provider_is_a_mistake() =>
        Assert.Contains("Models:Provider is missing", Assert.Single(Make(new ModelsOptions { Model = "gpt-5.1" }).Problems), StringComparison.Ordinal);

    private static (ModelChoice Choice, IReadOnlyList<string> Problems) Make(ModelsOptions options, params (string Name, string Value)[] environment) =>
        ModelChoice.Make(options, name => environment.Where(one => one.Name == name).Select(one => one.Value).FirstOrDefault());
}
