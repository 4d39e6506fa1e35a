using System.Diagnostics;
using SreAgent.Testing;
using YamlDotNet.RepresentationModel;

namespace SreAgent.Host.Tests.Reviews;

/// <summary>The composite action: its form, and its script run as GitHub runs it, against a simulated GitHub.</summary>
public class ReadinessActionTests
{
    private static readonly string Folder = RepositoryRoot.Path(".github", "actions", "readiness-review");

    [Fact]
    public void It_is_composite_uses_no_other_action_and_puts_nothing_of_the_event_into_a_command()
    {
        var action = Action();
        var steps = ((YamlSequenceNode)action["runs"]["steps"]).Cast<YamlMappingNode>().ToArray();

        Assert.Equal("composite", $"{action["runs"]["using"]}");
        Assert.All(steps, step =>
        {
            Assert.Equal("bash", $"{step["shell"]}");
            Assert.DoesNotContain("${{", $"{step["run"]}", StringComparison.Ordinal);
            Assert.False(step.Children.ContainsKey("uses"));
        });
    }

    [Fact]
    public void Every_input_is_described_and_used_and_nothing_else_is_asked_for()
    {
        var action = Action();
        var inputs = ((YamlMappingNode)action["inputs"]).Children;
        var text = File.ReadAllText(Path.Combine(Folder, "action.yml"));

        Assert.All(inputs, input =>
        {
            Assert.NotEmpty($"{input.Value["description"]}");
            Assert.Contains($"inputs.{input.Key} }}}}", text, StringComparison.Ordinal);
        });
        Assert.Equal(text.Split("${{ inputs.").Length - 1, inputs.Count);
        var page = File.ReadAllText(RepositoryRoot.Path("docs", "readiness-ci.md"));
        Assert.All(inputs, input => Assert.Contains($"| `{input.Key}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public void The_permissions_it_needs_and_what_it_must_never_be_combined_with_are_said_where_people_look()
    {
        string[] places = [File.ReadAllText(Path.Combine(Folder, "action.yml")), File.ReadAllText(RepositoryRoot.Path("docs", "readiness-ci.md"))];

        Assert.All(places, place =>
        {
            Assert.Contains("contents: read", place, StringComparison.Ordinal);
            Assert.Contains("pull-requests: write", place, StringComparison.Ordinal);
            Assert.Contains("statuses: write", place, StringComparison.Ordinal);
            Assert.Contains("pull_request_target", place, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task At_a_pull_request_it_posts_and_writes_the_summary()
    {
        await using var shop = await ReviewedShop.StartAsync();
        using var runner = new Runner(shop);

        var status = await runner.RunAsync(("POST", "true"));

        Assert.True(status == 0, runner.Log);
        Assert.Contains("What the change does in production", await shop.CommentsAsync() is [var comment] ? comment : "", StringComparison.Ordinal);
        Assert.Contains("infra/main.tf", runner.Summary, StringComparison.Ordinal);
        Assert.Contains("status=0", runner.Outputs, StringComparison.Ordinal);
    }

    [Fact]
    public async Task For_a_fork_it_writes_the_summary_alone()
    {
        await using var shop = await ReviewedShop.StartAsync();
        using var runner = new Runner(shop);

        var status = await runner.RunAsync(("POST", "true"), ("HEAD_REPOSITORY", "mallory/shop"));

        Assert.True(status == 0, runner.Log);
        Assert.Empty(await shop.CommentsAsync());
        Assert.Empty(await shop.StatusesAsync());
        Assert.Contains("comes from a fork", runner.Log, StringComparison.Ordinal);
        Assert.Contains("infra/main.tf", runner.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_reviewed_with_a_log_for_code_scanning_and_fails_as_asked()
    {
        await using var shop = await ReviewedShop.StartAsync();
        using var runner = new Runner(shop);
        await File.WriteAllTextAsync(Path.Combine(runner.Workspace, "README.md"), "# Nothing yet\n", TestContext.Current.CancellationToken);

        var status = await runner.RunAsync(("FAIL_ON", "missing"), ("SARIF", "out/readiness.sarif"), ("GITHUB_EVENT_NAME", "push"));

        Assert.True(status == 1, runner.Log);
        Assert.Contains("missing", runner.Summary, StringComparison.Ordinal);
        Assert.Contains("\"2.1.0\"", await File.ReadAllTextAsync(Path.Combine(runner.Workspace, "out", "readiness.sarif"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("status=1", runner.Outputs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GITHUB_EVENT_NAME", "pull_request_target", "no folder is reviewed")]
    [InlineData("FAIL_ON", "often", "fail-on takes")]
    [InlineData("POST", "yes", "post takes true or false")]
    public async Task What_must_not_be_is_refused_before_anything_runs(string name, string value, string says)
    {
        await using var shop = await ReviewedShop.StartAsync();
        using var runner = new Runner(shop);

        Assert.Equal(2, await runner.RunAsync((name, value)));

        Assert.Contains(says, runner.Log, StringComparison.Ordinal);
        Assert.Empty(runner.Summary);
    }

    private static YamlMappingNode Action()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, "action.yml"))));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>As much of a runner as the script sees.</summary>
    private sealed class Runner : IDisposable
    {
        private readonly string _home = Directory.CreateTempSubdirectory("sre-agent-runner-").FullName;
        private readonly Dictionary<string, string> _environment;

        public Runner(ReviewedShop shop)
        {
            Workspace = Directory.CreateDirectory(Path.Combine(_home, "workspace")).FullName;
            var program = Path.Combine(_home, "sre-agent");
            File.WriteAllText(program, $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "sre-agent.dll")}' \"$@\"\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            }

            _environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["SRE_AGENT"] = program,
                ["REVIEW_PATH"] = ".",
                ["PERSONA"] = "sre-operator",
                ["FAIL_ON"] = "never",
                ["POST"] = "false",
                ["SARIF"] = "",
                ["TOKEN"] = ReviewedShop.Token,
                ["LOGIN"] = ReviewedShop.Login,
                ["PULL_REQUEST"] = "1",
                ["HEAD_REPOSITORY"] = "acme/shop",
                ["GITHUB_API_URL"] = shop.Address.ToString(),
                ["GITHUB_EVENT_NAME"] = "pull_request",
                ["GITHUB_REPOSITORY"] = "acme/shop",
                ["GITHUB_WORKSPACE"] = Workspace,
                ["GITHUB_ACTION_PATH"] = Folder,
                ["GITHUB_STEP_SUMMARY"] = Path.Combine(_home, "summary.md"),
                ["GITHUB_OUTPUT"] = Path.Combine(_home, "outputs"),
                ["RUNNER_TEMP"] = _home,
            };
        }

        public string Workspace { get; }

        public string Log { get; private set; } = "";

        public string Summary => Read("summary.md");

        public string Outputs => Read("outputs");

        public async Task<int> RunAsync(params (string Name, string Value)[] changes)
        {
            var start = new ProcessStartInfo("bash", [Path.Combine(Folder, "review.sh")]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            foreach (var (name, value) in _environment.Concat(changes.Select(change => KeyValuePair.Create(change.Name, change.Value))))
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start) ?? throw new InvalidOperationException("bash does not start.");
            process.StandardInput.Close();
            var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var complained = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Log = await said + await complained;
            return process.ExitCode;
        }

        public void Dispose() => Directory.Delete(_home, recursive: true);

        private string Read(string name) => File.Exists(Path.Combine(_home, name)) ? File.ReadAllText(Path.Combine(_home, name)) : "";
    }
}
