using Microsoft.Extensions.Configuration;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Http;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Fly;

/// <summary>A value that may be set as a secret of an application without ever passing through a conversation: only its name does.</summary>
/// <param name="Name">As the application knows it.</param>
/// <param name="Source">Where the value comes from, for people: <c>the file /run/secrets/db</c>.</param>
internal sealed record ReferencedSecret(string Name, string Source, SecretValue? Value)
{
    /// <exception cref="ToolException">There is no value there now.</exception>
    public string Read() =>
        TryRead() is { Length: > 0 } value ? value : throw new ToolException($"The secret {Name} has no value: {Source} is missing, empty or not readable. Nothing was sent.");

    public string? TryRead() => Value?.TryRead();

    public static IReadOnlyDictionary<string, ReferencedSecret> ReadAll(SettingsReader settings, IConfigurationSection section)
    {
        var secrets = new Dictionary<string, ReferencedSecret>(StringComparer.Ordinal);
        foreach (var name in section.GetChildren().Select(child => child.Key))
        {
            var one = settings.Section(name);
            var file = one.File("ValueFile");
            var variable = one.Text("ValueFrom");
            if (file is null == (variable is null) && one.Text("ValueFile") is null == (variable is null))
            {
                settings.Problem(name, "needs exactly one of ValueFile (a path) and ValueFrom (the name of an environment variable)");
            }

            one.RefuseUnknown();
            secrets[name] = file is not null
                ? new ReferencedSecret(name, $"the file {file}", SecretValue.InFile(file))
                : new ReferencedSecret(name, $"the environment variable {variable}", variable is not null && Environment.GetEnvironmentVariable(variable) is { } value ? SecretValue.Literal(value) : null);
        }

        return secrets;
    }
}
