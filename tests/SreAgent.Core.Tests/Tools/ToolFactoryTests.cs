using System.ComponentModel;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Core.Tests.Tools;

public class ToolFactoryTests
{
    private static readonly Tool Everything = Assert.Single(ToolFactory.From(new Kitchen()), tool => tool.Name == "kitchen_cook_meal");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_tool_is_what_its_method_says()
    {
        Assert.Equal(["kitchen_cook_meal", "kitchen_serve_meal"], ToolFactory.From(new Kitchen()).Select(tool => tool.Name));
        Assert.Equal(
            ("kitchen", ToolEffect.Read, "Cooks. Not for baking.", "home", false, false),
            (Everything.Toolset, Everything.Effect, Everything.Description, Everything.Environment, Everything.OpenWorld, Everything.ChangesProduction));
        Assert.True(Everything.Answers("kitchen_cook_meal") && Everything.Answers("kitchen_cook") && !Everything.Answers("KITCHEN_COOK"));
        Assert.Null(Everything.Plan);
    }

    [Fact]
    public void The_schema_says_what_the_parameters_say() =>
        Assert.Equal(
            "{\"type\":\"object\",\"properties\":{\"dish\":{\"type\":\"string\",\"description\":\"What to cook\"},\"heat\":{\"type\":\"string\",\"enum\":[\"low\",\"very_high\"]}," +
            "\"guests\":{\"type\":\"integer\"},\"salt\":{\"type\":\"number\"},\"spices\":{\"type\":\"array\",\"items\":{\"type\":\"string\"}}," +
            "\"heats\":{\"type\":\"array\",\"items\":{\"type\":\"string\",\"enum\":[\"low\",\"very_high\"]}},\"minutes\":{\"type\":\"integer\"},\"vegan\":{\"type\":\"boolean\"}}," +
            "\"required\":[\"dish\",\"heat\"],\"additionalProperties\":false}",
            Everything.InputSchema.GetRawText());

    [Fact]
    public async Task Arguments_reach_the_method_as_its_types()
    {
        var said = new List<string>();

        var result = await RunAsync(Everything, """{"dish":"soup","heat":"very_high","guests":"4","salt":1.5,"spices":["a","b"],"heats":["low"],"minutes":9007199254740991,"vegan":true}""", said);

        Assert.Equal("soup VeryHigh 4 1.5 a+b Low 9007199254740991 True", Assert.IsType<ToolResult.Found>(result).Data);
        Assert.Equal(["cooking soup"], said);
    }

    [Fact]
    public async Task A_list_of_records_is_described_checked_throughout_and_reaches_the_method()
    {
        var tool = Assert.Single(ToolFactory.From(new Market()));

        Assert.Equal(
            "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"},\"count\":{\"type\":\"integer\"}}," +
            "\"required\":[\"name\"],\"additionalProperties\":false}}},\"required\":[\"items\"],\"additionalProperties\":false}",
            tool.InputSchema.GetRawText());
        Assert.Equal("egg×12 salt×1", Assert.IsType<ToolResult.Found>(await RunAsync(tool, """{"items":[{"name":"egg","count":"12"},{"name":"salt"}]}""")).Data);
        var wrong = Assert.IsType<ArgumentCheck.Invalid>(ArgumentValidator.Check(tool.InputSchema, JsonElement.Parse("""{"items":[{"count":1,"price":2}]}"""u8)));
        Assert.Equal(["There is no argument 'price'. It takes: name, count.", "Argument 'name' is required."], wrong.Problems);
    }

    [Fact]
    public async Task What_is_not_given_takes_its_default() =>
        Assert.Equal("soup Low 2 - - - 10 -", Assert.IsType<ToolResult.Found>(await RunAsync(Everything, """{"dish":"soup","heat":"low"}""")).Data);

    [Fact]
    public async Task A_number_too_large_for_its_parameter_is_explained()
    {
        var fault = await Assert.ThrowsAsync<ToolException>(() => RunAsync(Everything, """{"dish":"soup","heat":"low","guests":3000000000}"""));
        Assert.Equal("Argument 'guests' is out of range: 3000000000.", fault.Message);
    }

    [Fact]
    public async Task A_fault_of_the_method_comes_out_as_it_is() =>
        await Assert.ThrowsAsync<ToolException>(() => RunAsync(Everything, """{"dish":"fugu","heat":"low"}"""));

    [Fact]
    public async Task A_change_has_its_plan_and_its_verification_with_the_same_arguments()
    {
        var serve = Assert.Single(ToolFactory.From(new Kitchen()), tool => tool.Name == "kitchen_serve_meal");
        var arguments = Checked(serve, """{"dish":"soup","reason":"hunger"}""");

        Assert.True(serve.ChangesProduction);
        Assert.Equal(["reason"], serve.ProseArguments);
        Assert.Equal("soup", (await serve.Plan!(arguments, new ToolRun(new Said([])), Token)).Target);
        Assert.Equal("hunger", (await serve.Verify!(arguments, new ToolRun(new Said([])), Token)).Detail);
    }

    public static TheoryData<IToolset, string> Broken => new()
    {
        { new BadName(), "has a name that is not system_verb_noun in snake case" },
        { new NoEffect(), "has no effect" },
        { new WrongReturn(), "does not return Task<ToolResult>" },
        { new NoDescription(), "has no [Description]" },
        { new NoToken(), "does not take a CancellationToken last" },
        { new NoPlan(), "must name a Plan exactly when it changes production" },
        { new ReadWithPlan(), "must name a Plan exactly when it changes production" },
        { new NoVerify(), "must name a Verify exactly when it changes production" },
        { new PlanMissing(), "names Nowhere, which does not exist" },
        { new PlanTwice(), "names PlanAsync, which exists more than once" },
        { new PlanReturnsOther(), "names PlanAsync, which does not return ChangePlan" },
        { new PlanDiffers(), "names PlanAsync, whose parameters differ from its own" },
        { new PlanWithoutToken(), "names PlanAsync, which does not take a CancellationToken last" },
        { new OddType(), "cannot take a DateTime; use string, bool, int, long, double, an enum, a record of these or an array of them." },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void What_the_guardrail_could_not_govern_is_refused_by_name(IToolset toolset, string rule)
    {
        var refusal = Assert.Throws<InvalidOperationException>(() => ToolFactory.From(toolset));

        Assert.StartsWith("Tool '", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }

    private static ToolArguments Checked(Tool tool, string arguments) =>
        Assert.IsType<ArgumentCheck.Valid>(ArgumentValidator.Check(tool.InputSchema, JsonElement.Parse(arguments))).Arguments;

    private static async Task<ToolResult> RunAsync(Tool tool, string arguments, List<string>? said = null) =>
        await tool.Execute(Checked(tool, arguments), new ToolRun(new Said(said ?? [])), Token);

    private sealed class Said(List<string> messages) : IProgress<string>
    {
        public void Report(string value) => messages.Add(value);
    }

    public enum Heat
    {
        Low,
        VeryHigh,
    }

    private sealed class Kitchen : IToolset
    {
        public string Name => "kitchen";

        public string? Environment => "home";

        [SreTool("kitchen_cook_meal", ToolEffect.Read, Aliases = ["kitchen_cook"], OpenWorld = false)]
        [Description("Cooks. Not for baking.")]
        public Task<ToolResult> CookAsync(
            [Description("What to cook")] string dish, Heat heat, IProgress<string> progress, int guests = 2, double? salt = null, string[]? spices = null, Heat[]? heats = null,
            long minutes = 10, bool? vegan = null, CancellationToken cancellationToken = default)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report($"cooking {dish}");
            var text = $"{dish} {heat} {guests} {Of(salt)} {Of(spices is null ? null : string.Join('+', spices))} {Of(heats is null ? null : string.Join('+', heats))} {minutes} {Of(vegan)}";
            return dish == "fugu" ? throw new ToolException("No.") : Task.FromResult<ToolResult>(new ToolResult.Found(text, new Evidence(Name, dish)));

            static string Of(object? value) => value?.ToString() ?? "-";
        }

        [SreTool("kitchen_serve_meal", ToolEffect.Change, Plan = nameof(PlanAsync), Verify = nameof(VerifyAsync))]
        [Description("Serves.")]
        public Task<ToolResult> ServeAsync(string dish, [Prose] string? reason, CancellationToken cancellationToken) =>
            throw new InvalidOperationException($"{dish} {reason} {cancellationToken.CanBeCanceled} is not served here.");

        public Task<ChangePlan> PlanAsync(string dish, string? reason, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(new ChangePlan($"Serves because of {reason}.", dish, "raw", "served", Environment!, "none", "f"));
        }

        public Task<Verification> VerifyAsync(string dish, string? reason, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(new Verification(dish == Name ? VerificationVerdict.Failed : VerificationVerdict.Passed, reason ?? ""));
        }
    }

    /// <summary>What the toolsets below share: each breaks one rule.</summary>
    private abstract class Faulty : IToolset
    {
        public string Name => "faulty";

        public string? Environment => null;

        protected Task<T> Never<T>(params object?[] arguments) => throw new InvalidOperationException($"{Name} {arguments.Length}");
    }

    private sealed record Item(string Name, int Count = 1);

    private sealed class Market : IToolset
    {
        public string Name => "market";

        public string? Environment => null;

        [SreTool("market_buy_items", ToolEffect.Read)]
        [Description("Buys.")]
        public Task<ToolResult> BuyAsync(Item[] items, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult<ToolResult>(new ToolResult.Found(string.Join(' ', items.Select(item => $"{item.Name}×{item.Count}")), new Evidence(Name, "items")));
        }
    }

    private sealed class BadName : Faulty
    {
        [SreTool("Faulty-Run", ToolEffect.Read)]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);
    }

    private sealed class NoEffect : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Unclassified)]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);
    }

    private sealed class WrongReturn : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Read)]
        [Description("Runs.")]
        public Task<string> RunAsync(CancellationToken cancellationToken) => Never<string>(cancellationToken);
    }

    private sealed class NoDescription : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Read)]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);
    }

    private sealed class NoToken : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Read)]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(string what) => Never<ToolResult>(what);
    }

    private sealed class NoPlan : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Verify = "VerifyAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<Verification> VerifyAsync(CancellationToken cancellationToken) => Never<Verification>(cancellationToken);
    }

    private sealed class ReadWithPlan : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Read, Plan = "PlanAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<ChangePlan> PlanAsync(CancellationToken cancellationToken) => Never<ChangePlan>(cancellationToken);
    }

    private sealed class NoVerify : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Plan = "PlanAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<ChangePlan> PlanAsync(CancellationToken cancellationToken) => Never<ChangePlan>(cancellationToken);
    }

    private sealed class PlanMissing : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Plan = "Nowhere", Verify = "VerifyAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<Verification> VerifyAsync(CancellationToken cancellationToken) => Never<Verification>(cancellationToken);
    }

    private sealed class PlanTwice : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Plan = "PlanAsync", Verify = "VerifyAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<ChangePlan> PlanAsync(CancellationToken cancellationToken) => Never<ChangePlan>(cancellationToken);

        public Task<ChangePlan> PlanAsync(string what, CancellationToken cancellationToken) => Never<ChangePlan>(what, cancellationToken);

        public Task<Verification> VerifyAsync(CancellationToken cancellationToken) => Never<Verification>(cancellationToken);
    }

    private sealed class PlanReturnsOther : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Plan = "PlanAsync", Verify = "VerifyAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<string> PlanAsync(CancellationToken cancellationToken) => Never<string>(cancellationToken);

        public Task<Verification> VerifyAsync(CancellationToken cancellationToken) => Never<Verification>(cancellationToken);
    }

    private sealed class PlanDiffers : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Plan = "PlanAsync", Verify = "VerifyAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(string what, CancellationToken cancellationToken) => Never<ToolResult>(what, cancellationToken);

        public Task<ChangePlan> PlanAsync(int what, CancellationToken cancellationToken) => Never<ChangePlan>(what, cancellationToken);

        public Task<Verification> VerifyAsync(string what, CancellationToken cancellationToken) => Never<Verification>(what, cancellationToken);
    }

    private sealed class PlanWithoutToken : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Change, Plan = "PlanAsync", Verify = "VerifyAsync")]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(CancellationToken cancellationToken) => Never<ToolResult>(cancellationToken);

        public Task<ChangePlan> PlanAsync() => Never<ChangePlan>();

        public Task<Verification> VerifyAsync(CancellationToken cancellationToken) => Never<Verification>(cancellationToken);
    }

    private sealed class OddType : Faulty
    {
        [SreTool("faulty_run_it", ToolEffect.Read)]
        [Description("Runs.")]
        public Task<ToolResult> RunAsync(DateTime when, CancellationToken cancellationToken) => Never<ToolResult>(when, cancellationToken);
    }
}
