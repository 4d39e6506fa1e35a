using Microsoft.Extensions.Options;

namespace SreAgent.Runtime.Conversations;

/// <summary>The settings' <c>Agent</c> section: how far one turn may go.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agent";

    /// <summary>Persona of a conversation that asks for none; the first of the catalogue when absent.</summary>
    public string? DefaultPersona { get; set; }

    /// <summary>
    /// Whether the first message of a conversation that asks for no persona may go to the one whose "when to use" it clearly fits. Never with
    /// the built-in responder, which speaks alike as everybody.
    /// </summary>
    public bool RoutePersonas { get; set; } = true;

    /// <summary>Requests to the model in one turn; 1 to 200.</summary>
    public int MaxSteps { get; set; } = 24;

    /// <summary>Input and output tokens of one turn together; 1,000 to 50,000,000.</summary>
    public int MaxTokensPerTurn { get; set; } = 1_000_000;

    /// <summary>Wall time of one turn in seconds; 1 to 86,400.</summary>
    public int MaxTurnSeconds { get; set; } = 900;

    /// <summary>Input of one request to the model, in tokens, above which history is compacted; 2,000 to 10,000,000.</summary>
    public int ContextTokens { get; set; } = 120_000;

    /// <summary>Reads of one reply that run at the same time; 1 to 32.</summary>
    public int ParallelReads { get; set; } = 4;
}

/// <summary>Finds every mistake of the section at once, each with its path.</summary>
internal sealed class AgentOptionsCheck : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        List<string> problems = [];
        Range(nameof(options.MaxSteps), options.MaxSteps, 1, 200);
        Range(nameof(options.MaxTokensPerTurn), options.MaxTokensPerTurn, 1_000, 50_000_000);
        Range(nameof(options.MaxTurnSeconds), options.MaxTurnSeconds, 1, 86_400);
        Range(nameof(options.ContextTokens), options.ContextTokens, 2_000, 10_000_000);
        Range(nameof(options.ParallelReads), options.ParallelReads, 1, 32);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);

        void Range(string setting, int value, int lowest, int highest)
        {
            if (value < lowest || value > highest)
            {
                problems.Add($"{AgentOptions.Section}:{setting} is {value}; it takes {lowest} to {highest}.");
            }
        }
    }
}
