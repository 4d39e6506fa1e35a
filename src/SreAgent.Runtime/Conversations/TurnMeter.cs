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
        _estimated |= usage?.InputTokenCount is null || usage.OutputTokenCount is null;
        _input += usage?.InputTokenCount ?? estimatedInput;
        _output += usage?.OutputTokenCount ?? estimatedOutput;
    }

    public TurnUsage Read() =>
        new(model.Name, _input, _output, model.Price?.Of(_input, _output), _steps, clock.GetElapsedTime(_startedAt)) { Estimated = _estimated };
}
