using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;
using Serilog.Formatting.Display;
using SreAgent.Core.Redaction;

namespace SreAgent.Host.Composition;

/// <summary>
/// Logs for operators: one file a day under the state folder, redacted, never on standard output. Level from <c>Logging:Level</c>,
/// <c>Information</c> when left out. A log that cannot be written stops nothing; that is what the audit trail is for.
/// </summary>
internal static class HostLogging
{
    private const string Template = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}{Exception}";

    public static IServiceCollection AddHostLogging(this IServiceCollection services, IConfiguration configuration)
    {
        var level = Enum.TryParse<LogEventLevel>(configuration["Logging:Level"], ignoreCase: true, out var parsed) ? parsed : LogEventLevel.Information;
        return services.AddLogging(logging => logging.Services.AddSingleton<ILoggerProvider>(provider =>
            new Serilog.Extensions.Logging.SerilogLoggerProvider(Create(level, provider), dispose: true)));
    }

    // The protocol library says of every message that it came and went, and no more than that; at every start that would have
    // to open the file before it answers. Who sets a lower level wants to see it all.
    private static Logger Create(LogEventLevel level, IServiceProvider provider) =>
        new LoggerConfiguration()
            .MinimumLevel.Is(level)
            .MinimumLevel.Override("System.Net.Http", LogEventLevel.Warning)
            .MinimumLevel.Override("ModelContextProtocol", level < LogEventLevel.Information ? level : LogEventLevel.Warning)
            .WriteTo.File(
                new RedactedFormatter(new MessageTemplateTextFormatter(Template), provider.GetRequiredService<Redactor>),
                Path.Combine(UserFolders.State, "logs", "sre-agent-.log"),
                rollingInterval: RollingInterval.Day,
                retainedFileCountLimit: 14,
                shared: true)
            .CreateLogger();

    /// <summary>Redacts the finished line, so that no property and no exception text slips past.</summary>
    private sealed class RedactedFormatter(ITextFormatter inner, Func<Redactor> redactor) : ITextFormatter
    {
        public void Format(LogEvent logEvent, TextWriter output)
        {
            using var line = new StringWriter();
            inner.Format(logEvent, line);
            output.Write(redactor().Redact(line.ToString()));
        }
    }
}
