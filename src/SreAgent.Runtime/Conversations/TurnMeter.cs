using Microsoft.Extensions.AI;
using SreAgent.Runtime.Chat;

namespace SreAgent.Runtime.Conversations;

/// <summary>Counts what a turn costs: the provider's figures where it gives any, an estimate that is called one where it does not.</summary>
internal sealed class TurnMeter(ChatModel model, TimeProvider clock)
{
    private readonly long _startedAt = clock.GetTimestamp();
    private long _input;
    private long _output;
    private int _steps;
    private bool _estimated;

    public long Tokens => _input + _output;

    public int Steps => _steps;

    public void Count(UsageDetails? usage, int estimatedInput, int estimatedOutput)
    {
        _steps++;

        // Some servers report zeros for what they did not count; only the built-in responder really costs nothing.
        var input = model.IsBuiltIn ? 0 : Reported(usage?.InputTokenCount);
        var output = model.IsBuiltIn ? 0 : Reported(usage?.OutputTokenCount);
        _estimated |= input is null || (output is null && estimatedOutput > 0);
        _input += input ?? estimatedInput;
        _output += output ?? estimatedOutput;
    }

    private static long? Reported(long? tokens) => tokens is > 0 ? tokens : null;

    public TurnUsage Read() =>
        new(model.Name, _input, _output, model.Price?.Of(_input, _output), _steps, clock.GetElapsedTime(_startedAt)) { Estimated = _estimated };
}
