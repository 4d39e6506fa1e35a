using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace SreAgent.Host.Composition;

/// <summary>
/// Settings, later ones over earlier ones: <c>appsettings.json</c> beside the program, the user's own
/// (<c>$XDG_CONFIG_HOME/sre-agent/appsettings.json</c>), environment variables that begin with <c>SREAGENT__</c>.
/// </summary>
internal static class HostSettings
{
    private const string FileName = "appsettings.json";

    /// <exception cref="SettingsException">A file is not valid JSON; the message names it and the place.</exception>
    public static IConfigurationRoot Read(IReadOnlyDictionary<string, string?> overlay)
    {
        var builder = new ConfigurationBuilder();
        foreach (var file in new[] { Path.Combine(AppContext.BaseDirectory, FileName), UserFile })
        {
            builder.AddJsonFile(file, optional: true, reloadOnChange: false);
        }

        try
        {
            return builder.AddEnvironmentVariables("SREAGENT__").AddInMemoryCollection(overlay).Build();
        }
        catch (Exception exception) when (exception is InvalidDataException or FormatException or UnauthorizedAccessException)
        {
            var place = exception.InnerException is JsonException json ? json.Message : exception.InnerException?.Message;
            throw new SettingsException($"{exception.Message} {place}".Trim(), exception);
        }
    }

    /// <summary>Whether any outside system is configured at all. If not, there is nothing to talk about but the lab.</summary>
    public static bool NamesASystem(IConfiguration configuration) =>
        configuration.GetSection("Integrations").GetChildren().Any(section => section.GetChildren().Any());

    private static string UserFile => Path.Combine(UserFolders.Config, FileName);
}
