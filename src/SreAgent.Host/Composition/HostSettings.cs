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

    /// <param name="overlay">A practice world's settings; empty without one.</param>
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
            var own = builder.AddEnvironmentVariables("SREAGENT__").Build();
            return overlay.Count == 0 ? own : InPractice(own, overlay);
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

    /// <summary>
    /// Whoever practises keeps their settings except for systems and services: a real repository or a real token has no place in a practice world.
    /// </summary>
    internal static IConfigurationRoot InPractice(IConfiguration own, IReadOnlyDictionary<string, string?> overlay) =>
        new ConfigurationBuilder().AddInMemoryCollection(own.AsEnumerable().Where(setting => !IsReal(setting.Key))).AddInMemoryCollection(overlay).Build();

    private static bool IsReal(string key) => key.Split(':')[0] is var section
        && (section.Equals("Integrations", StringComparison.OrdinalIgnoreCase) || section.Equals("Services", StringComparison.OrdinalIgnoreCase));

    private static string UserFile => Path.Combine(UserFolders.Config, FileName);
}
