using System.CommandLine;
using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Host.Terminal;
using SreAgent.Host.Text;

namespace SreAgent.Host.Commands;

/// <summary>What every verb needs: the console, the services (composed only once a verb really runs), and one way to end badly.</summary>
public sealed class CommandHost(IConsoleIo console, Func<HostArguments, IServiceProvider> compose)
{
    public IConsoleIo Console { get; } = console;

    /// <summary>Taken by every verb.</summary>
    public Option<bool> Lab { get; } = new("--lab") { Description = "Use the practice world instead of your systems", Recursive = true };

    /// <summary>Taken by every verb.</summary>
    public Option<bool> NoLab { get; } = new("--no-lab") { Description = "Never open the practice world by itself", Recursive = true };

    /// <summary>Composes the services, runs, and turns every fault into a sentence on standard error and an exit status.</summary>
    public void SetAction(Command command, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.SetAction((parse, cancellationToken) => RunAsync(parse, run, cancellationToken));
    }

    /// <summary>For a verb that must decide something before any service exists.</summary>
    public void SetActionBeforeComposing(Command command, Func<ParseResult, Func<IServiceProvider>, CancellationToken, Task<int>> run)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.SetAction((parse, cancellationToken) => EndWellAsync(() => run(parse, () => compose(ArgumentsOf(parse)), cancellationToken), cancellationToken));
    }

    private Task<int> RunAsync(ParseResult parse, Func<IServiceProvider, ParseResult, CancellationToken, Task<int>> run, CancellationToken cancellationToken) =>
        EndWellAsync(
            async () =>
            {
                var services = compose(ArgumentsOf(parse));
                try
                {
                    return await run(services, parse, cancellationToken);
                }
                finally
                {
                    await DisposeAsync(services);
                }
            },
            cancellationToken);

    internal static async Task DisposeAsync(IServiceProvider services)
    {
        if (services is IAsyncDisposable asynchronous)
        {
            await asynchronous.DisposeAsync();
        }
        else if (services is IDisposable disposable)
        {
            disposable.Dispose();
        }
    }

    private HostArguments ArgumentsOf(ParseResult parse)
    {
        var names = new List<string>();
        for (var result = parse.CommandResult; result.Command is not RootCommand; result = (System.CommandLine.Parsing.CommandResult)result.Parent!)
        {
            names.Insert(0, result.Command.Name);
        }

        return new HostArguments(names.Count == 0 ? "chat" : string.Join(' ', names), parse.GetValue(NoLab) ? false : parse.GetValue(Lab) ? true : null);
    }

    private async Task<int> EndWellAsync(Func<Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Say(ExitStatus.Interrupted, "Stopped.");
        }
        catch (SettingsException exception)
        {
            return Say(ExitStatus.Usage, [.. exception.Problems]);
        }
        catch (OptionsValidationException exception)
        {
            return Say(ExitStatus.Usage, [.. exception.Failures]);
        }
        catch (UsageException exception)
        {
            return Say(ExitStatus.Usage, exception.Message);
        }
        catch (ToolException exception)
        {
            return Say(exception.Retryable ? ExitStatus.Unreachable : ExitStatus.Usage, exception.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or TimeoutException or DbException or IOException or UnauthorizedAccessException)
        {
            return Say(ExitStatus.Unreachable, $"Something this needs could not be reached: {exception.Message}", "'sre-agent doctor' says which connections work.");
        }
        catch (Exception exception)
        {
            return Say(ExitStatus.No, $"This is a mistake in sre-agent, not yours: {exception.GetType().Name}: {exception.Message}");
        }
    }

    private int Say(int status, params string[] lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(SafeText.Lines(Redactor.WithoutConfiguredValues.Redact(line)));
        }

        return status;
    }
}
