using SreAgent.Core.Rollouts;

namespace SreAgent.Testing.Rollouts;

/// <summary>Answers for endpoints as a test says.</summary>
public sealed class ScriptedProbe : IEndpointProbe
{
    public Func<EndpointExpectation, EndpointAnswer> Answer { get; set; } = expectation => new EndpointAnswer(AsExpected: true, $"{expectation.Status} as expected");

    public Task<EndpointAnswer> AskAsync(EndpointExpectation expectation, CancellationToken cancellationToken) => Task.FromResult(Answer(expectation));
}
