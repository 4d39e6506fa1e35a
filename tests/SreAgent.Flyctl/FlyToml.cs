using System.Text.RegularExpressions;

namespace SreAgent.Flyctl;

/// <summary>The few lines of a fly.toml a deploy by image needs; options and variables come before it.</summary>
/// <param name="Image">Absent when nothing names one.</param>
/// <param name="ReleaseCommand">Absent when there is none.</param>
internal sealed partial record FlyToml(string App, string? Image, string? ReleaseCommand, string? Strategy)
{
    public static FlyToml Read(FlyctlArguments arguments)
    {
        var path = arguments["--config"] ?? Path.Combine(arguments.Words.Count > 0 ? arguments.Words[0] : ".", "fly.toml");
        var text = File.Exists(path) ? File.ReadAllText(path)
            : arguments["--config"] is null ? ""
            : throw new FlyctlException($"open {path}: no such file or directory");
        string? Value(string key) => Line().Matches(text).FirstOrDefault(line => string.Equals(line.Groups["key"].Value, key, StringComparison.Ordinal))?.Groups["value"].Value;
        var app = arguments["--app"] ?? Environment.GetEnvironmentVariable("FLY_APP") ?? Value("app")
            ?? throw new FlyctlException("the config for your app is missing an app name, add an app field to the fly.toml file or specify with the -a flag");
        return new FlyToml(app, arguments["--image"] ?? Value("image"), Value("release_command"), arguments["--strategy"] ?? Value("strategy"));
    }

    [GeneratedRegex("""^\s*(?<key>[a-z_]+)\s*=\s*["'](?<value>[^"'\n]*)["']""", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
