namespace SreAgent.Runtime.Documents;

/// <summary>A folder documents are read from.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Source">How a person knows it: <c>shipped</c>, <c>user</c>, <c>Personas:Folders:0</c>.</param>
/// <param name="MustExist">Whether its absence is worth a warning.</param>
internal sealed record DocumentFolder(string Path, string Source, bool MustExist)
{
    /// <summary>Shipped, then configured, then the user's own: a later one overrides an earlier one.</summary>
    /// <param name="kind"><c>personas</c> or <c>skills</c>.</param>
    /// <param name="section">Settings section: <c>Personas</c>.</param>
    public static IReadOnlyList<DocumentFolder> Ordered(string kind, string section, IReadOnlyList<string> configured)
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return
        [
            new DocumentFolder(System.IO.Path.Combine(AppContext.BaseDirectory, kind), "shipped", MustExist: true),
            .. configured.Select((path, index) => new DocumentFolder(FullPath(path, home), $"{section}:Folders:{index}", MustExist: true)),
            .. home.Length == 0 ? Array.Empty<DocumentFolder>()
                : [new DocumentFolder(System.IO.Path.Combine(home, ".config", "sre-agent", kind), "user", MustExist: false)],
        ];
    }

    // A blank setting names no folder; it stays blank and is reported as one that does not exist.
    public static string FullPath(string path, string home) => string.IsNullOrWhiteSpace(path) ? "" : System.IO.Path.GetFullPath(Expand(path, home));

    private static string Expand(string path, string home) =>
        path == "~" || path.StartsWith("~/", StringComparison.Ordinal) ? home + path[1..] : path;
}
