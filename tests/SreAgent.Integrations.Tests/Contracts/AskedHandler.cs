namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>The network, with a look at what is asked of it.</summary>
internal sealed class AskedHandler : DelegatingHandler
{
    private readonly List<(Uri Address, IReadOnlyList<string> Headers)> _asked = [];

    public AskedHandler()
        : base(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
    }

    public IReadOnlyList<(Uri Address, IReadOnlyList<string> Headers)> Asked => _asked;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        _asked.Add((request.RequestUri!, [.. request.Headers.Select(header => header.Key)])); // A sent request has an address.
        return base.SendAsync(request, cancellationToken);
    }
}
