using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using SreAgent.Core.Actors;
using SreAgent.Core.Personas;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Guardrail;

namespace SreAgent.Host.Mcp;

/// <summary>
/// <c>sre-agent mcp</c>: the guarded tools, personas, skills, runbooks and evidence for a client on the other end of stdin and stdout.
/// Stdout carries protocol and nothing else; whatever has to be said to a person goes to stderr.
/// </summary>
public static class McpServe
{
    /// <summary>Serves until the client closes stdin, the process is told to stop, or the token is cancelled.</summary>
    /// <returns>0 when it served; 2 when what was asked for does not exist, with the reason on stderr.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, McpServeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(options);

        // The transport opens the real stdout by itself. Anything else in the process that writes to the console lands on stderr.
        Console.SetOut(Console.Error);

        McpCaller caller;
        try
        {
            var personas = services.GetRequiredService<IPersonaCatalogue>();
            var reading = Task.Run(
                () => McpCaller.Of(personas, options, services.GetService<IConfiguration>(), OperatingSystemActor.Current(Surface.Mcp)), cancellationToken);
            // Reading persona files and making tools take about equally long, and a client waits for both.
            _ = services.GetRequiredService<IToolInvoker>();
            caller = await reading;
        }
        catch (ToolException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        var surface = new McpSurface(services, caller);
        await surface.WarnAboutToolsetsAsync(options.Toolsets, Console.Error);
        await using var recovery = BackgroundRecovery.Start(services, new ErrorLines());
        await ServeAsync(surface.ServerOptions(), Console.OpenStandardInput(), new BufferedStream(Console.OpenStandardOutput()), services, stop.Token);
        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    /// <summary>Standard output is the protocol; the client shows the other one, or keeps it.</summary>
    private sealed class ErrorLines : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine(value);
    }

    /// <summary>Serves one connection until it ends.</summary>
    internal static async Task ServeAsync(McpServerOptions options, Stream input, Stream output, IServiceProvider? services, CancellationToken cancellationToken)
    {
        var loggers = services?.GetService<ILoggerFactory>();
        var pending = new PendingMessages(services?.GetService<TimeProvider>() ?? TimeProvider.System);
        options.Filters.Message.IncomingFilters.Insert(0, pending.Count);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var transport = new StreamServerTransport(new ClientInput(input, pending), output, options.ServerInfo?.Name, loggers);
        await using var server = McpServer.Create(transport, options, loggers, services);
        var hangUp = StopAfterHangUpAsync(transport, stop);
        try
        {
            await server.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Being told to stop is an ordinary end.
        }
        finally
        {
            await stop.CancelAsync();
            await hangUp;
        }
    }

    /// <summary>By itself the server would wait for calls that nobody waits for any more.</summary>
    private static async Task StopAfterHangUpAsync(ITransport transport, CancellationTokenSource stop)
    {
        try
        {
            await transport.MessageReader.Completion.WaitAsync(stop.Token);
            await stop.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopped first.
        }
        catch (IOException)
        {
            // A connection that broke is as gone as one that was closed; the transport has logged it.
            await stop.CancelAsync();
        }
    }
}
