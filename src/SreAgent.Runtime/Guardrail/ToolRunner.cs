using Microsoft.Extensions.Logging;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Stage 6: runs a tool's method under a deadline and turns every way it can end into a result.</summary>
internal sealed partial class ToolRunner(ILogger<ToolRunner> logger)
{
    public async Task<ToolResult> RunAsync(
        Tool tool, ToolArguments arguments, ToolRun run, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(deadline);
        try
        {
            return await tool.Execute(arguments, run, timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ToolResult.Failed($"{tool.Name} did not finish within {deadline.TotalSeconds:0} s and was stopped.", Retryable: true);
        }
        catch (ToolException exception)
        {
            return new ToolResult.Failed(exception.Message, exception.Retryable);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ChangeTakenOverException))
        {
            // The text of an unexpected exception may hold anything; it goes to the log, where operators read, not to a model.
            Log.Broke(logger, exception, tool.Name);
            return new ToolResult.Failed($"{tool.Name} broke with {exception.GetType().Name}; the log has the details. This is a fault of the tool, not of the question.", Retryable: false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Tool {Tool} broke.")]
        public static partial void Broke(ILogger logger, Exception exception, string tool);
    }
}
