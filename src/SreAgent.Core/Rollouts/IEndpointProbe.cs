namespace SreAgent.Core.Rollouts;

/// <summary>Asks a service's own addresses how it is. Only addresses from settings are ever asked.</summary>
public interface IEndpointProbe
{
    /// <summary>One GET, never followed to another host, within seconds. A refusal or no answer is a result, not a fault.</summary>
    Task<EndpointAnswer> AskAsync(EndpointExpectation expectation, CancellationToken cancellationToken);
}

/// <summary>What a healthy service answers. A key user flow is the same with more expected of it.</summary>
/// <param name="Name">As people call it: <c>health</c>, <c>buy one item</c>.</param>
/// <param name="Url">From settings.</param>
/// <param name="Status">200 by default.</param>
/// <param name="Contains">Text the answer must hold. Absent when any will do.</param>
public sealed record EndpointExpectation(string Name, Uri Url, int Status = 200, string? Contains = null);

/// <param name="AsExpected">Status and text are as expected.</param>
/// <param name="Detail">What came back, in one sentence.</param>
public sealed record EndpointAnswer(bool AsExpected, string Detail);
