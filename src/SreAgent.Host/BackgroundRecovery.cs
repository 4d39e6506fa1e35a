using Microsoft.Extensions.DependencyInjection;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host;

/// <summary>Goes on with changes whose process died, for as long as this process has something else to do.</summary>
internal sealed class BackgroundRecovery : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private BackgroundRecovery(IChangeRecovery? recovery, IProgress<string> progress) =>
        _running = recovery?.RunAsync(progress, _stop.Token) ?? Task.CompletedTask;

    /// <param name="services">The composed host; one without a guardrail recovers nothing.</param>
    /// <param name="progress">Is told what is gone on with, from any thread.</param>
    public static BackgroundRecovery Start(IServiceProvider? services, IProgress<string> progress) => new(services?.GetService<IChangeRecovery>(), progress);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }
}
