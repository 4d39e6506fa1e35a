using SreAgent.Core.Catalogue;
using SreAgent.Core.Changes;
using SreAgent.Core.Rollouts;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>Asks the service's own addresses and key flows.</summary>
internal sealed class EndpointChecks(IEnumerable<IEndpointProbe> probes, TimeProvider clock)
{
    // One refused connection while instances are replaced is no verdict.
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly IEndpointProbe? _probe = probes.FirstOrDefault();

    public Task<VerificationCheck[]> AskAsync(Service service, CancellationToken cancellationToken) =>
        Task.WhenAll(service.Endpoints.Select(endpoint => AskAsync(endpoint, cancellationToken)));

    private async Task<VerificationCheck> AskAsync(EndpointExpectation endpoint, CancellationToken cancellationToken)
    {
        var name = $"endpoint {endpoint.Name}";
        if (_probe is null)
        {
            return new VerificationCheck(name, VerificationVerdict.Unverified, "nothing here can ask it.");
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var answer = await _probe.AskAsync(endpoint, cancellationToken);
                if (answer.AsExpected || attempt == Attempts)
                {
                    return new VerificationCheck(name, answer.AsExpected ? VerificationVerdict.Passed : VerificationVerdict.Failed, answer.Detail);
                }

                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
        catch (ToolException exception)
        {
            return new VerificationCheck(name, VerificationVerdict.Unverified, exception.Message);
        }
    }
}
