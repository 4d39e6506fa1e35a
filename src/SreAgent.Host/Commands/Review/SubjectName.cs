namespace SreAgent.Host.Commands.Review;

/// <summary>What a reviewed subject is called for people.</summary>
internal static class SubjectName
{
    /// <summary>A folder that was given by dots tells nobody which it is, so its name goes before them.</summary>
    public static string Shown(string subject) =>
        subject.All(character => character is '.' or '/' or '\\') && Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(subject))) is { Length: > 0 } name
            ? $"{name} ({subject})"
            : subject;
}
