using SreAgent.Core.Rollouts;

namespace SreAgent.Integrations.Fly;

/// <summary>The short ways people name an application's image: a tag, a digest, a repository with either.</summary>
internal static class FlyImageName
{
    /// <returns>Null when it can be no image's name.</returns>
    public static ImageReference? Read(string app, string image)
    {
        var text = image.Trim();
        var isFull = text.Split('/') is [var host, _, ..] && (host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost");
        var full = isFull ? text
            : text.StartsWith("sha256:", StringComparison.Ordinal) ? $"{FlyOptions.RegistryHost}/{app}@{text}"
            : text.Contains(':', StringComparison.Ordinal) || text.Contains('@', StringComparison.Ordinal) ? $"{FlyOptions.RegistryHost}/{(text[0] is ':' or '@' ? app : "")}{text}"
            : $"{FlyOptions.RegistryHost}/{app}:{text}";
        return ImageReference.TryParse(full, out var reference) ? reference : null;
    }
}
