using SreAgent.Lab.Servers;

namespace SreAgent.Testing.Servers;

/// <summary>
/// A server that the first test to need it starts and the end of the test run stops. Where it cannot be had, tests that need it skip by
/// name with the reason.
/// </summary>
public abstract class StartedOnce<T> : IAsyncDisposable
    where T : LocalServer
{
    private readonly Lazy<Task<T>> _server;

    protected StartedOnce() => _server = new Lazy<Task<T>>(() => StartAsync(new TestProgress()));

    /// <summary>Starts it if nobody has yet. Skips the calling test when this machine cannot have one.</summary>
    public async Task<T> ServerAsync()
    {
        try
        {
            return await _server.Value;
        }
        catch (ServerUnavailableException e)
        {
            Assert.Skip(e.Message);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_server is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await _server.Value).DisposeAsync();
        }
    }

    protected abstract Task<T> StartAsync(IProgress<string> progress);

    private sealed class TestProgress : IProgress<string>
    {
        public void Report(string value) => TestContext.Current.SendDiagnosticMessage("{0}", value);
    }
}
