namespace SreAgent.Integrations.Git;

/// <summary>
/// What git runs with. The one who writes a repository's content is taken for an attacker: nothing in it (attributes, links, submodules,
/// names), no hook anywhere, and nothing of the machine's or a user's configuration may start a program or lead out of the worktree.
/// </summary>
internal sealed class GitSurroundings(GitOptions options)
{
    // Nothing can ever be put into it, unlike into an empty folder.
    private const string Nowhere = "/dev/null";

    // How to get out of this network, whom to trust, and the agent that holds an ssh key. Nothing else of ours is passed on.
    private static readonly string[] PassedOn =
    [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "SSH_AUTH_SOCK", "TMPDIR", "SystemRoot",
    ];

    private static readonly string[] Fixed =
    [
        .. Set("core.hooksPath", Nowhere),
        .. Set("core.attributesFile", Nowhere),
        .. Set("core.excludesFile", Nowhere),
        .. Set("core.fsmonitor", "false"),
        .. Set("core.untrackedCache", "false"),

        // A link in the repository becomes a small file that names its target: there is nothing to follow out.
        .. Set("core.symlinks", "false"),
        .. Set("core.protectHFS", "true"),
        .. Set("core.protectNTFS", "true"),
        .. Set("core.autocrlf", "false"),
        .. Set("core.quotePath", "false"),
        .. Set("submodule.recurse", "false"),
        .. Set("fetch.recurseSubmodules", "false"),
        .. Set("push.recurseSubmodules", "no"),
        .. Set("protocol.allow", "never"),
        .. Set("protocol.ext.allow", "never"),
        .. Set("http.followRedirects", "false"),
        .. Set("credential.helper", ""),
        .. Set("commit.gpgSign", "false"),
        .. Set("push.gpgSign", "false"),
        .. Set("gc.autoDetach", "false"),
        .. Set("maintenance.autoDetach", "false"),
        .. Set("diff.renames", "false"),
        .. Set("status.renames", "false"),
    ];

    private readonly string _path = string.Join(
        Path.PathSeparator,
        (Ours("PATH") ?? "/usr/local/bin:/usr/bin:/bin").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified));

    /// <summary>An empty home, and where git runs when it needs no repository.</summary>
    public string Folder { get; } = Path.Combine(options.Root ?? throw new ArgumentException("Git is disabled.", nameof(options)), "home");

    /// <summary>Found once, by absolute folders of PATH only: never a program of the worktree git happens to run in.</summary>
    public string Program =>
        Path.IsPathFullyQualified(options.Program) ? options.Program
        : _path.Split(Path.PathSeparator).Select(folder => Path.Combine(folder, options.Program)).FirstOrDefault(File.Exists) ?? Path.Combine("/usr/bin", options.Program);

    public static IEnumerable<string> Arguments(GitCall call)
    {
        string[] place =
        [
            .. call.GitDir is null ? Array.Empty<string>() : [$"--git-dir={call.GitDir}"],
            .. call.WorkTree is null ? Array.Empty<string>() : [$"--work-tree={call.WorkTree}"],
        ];
        return ["--no-pager", .. place, .. Fixed, .. call.Remote?.Configuration ?? []];
    }

    public IReadOnlyDictionary<string, string> Environment(GitCall call)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = _path,
            ["HOME"] = Folder,
            ["XDG_CONFIG_HOME"] = Folder,
            ["LC_ALL"] = "C",
            ["TERM"] = "dumb",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_SYSTEM"] = Nowhere,
            ["GIT_CONFIG_GLOBAL"] = Nowhere,
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_CEILING_DIRECTORIES"] = Path.GetDirectoryName(Folder)!, // Below the root.
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_ASKPASS"] = "",
            ["SSH_ASKPASS_REQUIRE"] = "never",
            ["GIT_SSH_COMMAND"] = call.Remote?.SshCommand ?? GitRemote.NoSsh,
            ["GIT_ALLOW_PROTOCOL"] = call.Remote?.Address.Protocol ?? "none",
            ["GIT_PROTOCOL_FROM_USER"] = "0",
            ["GIT_LITERAL_PATHSPECS"] = "1",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["GIT_NO_REPLACE_OBJECTS"] = "1",
            ["GIT_NO_LAZY_FETCH"] = "1",
            ["GIT_EDITOR"] = ":",
            ["GIT_SEQUENCE_EDITOR"] = ":",
            ["GIT_AUTHOR_NAME"] = options.AuthorName,
            ["GIT_AUTHOR_EMAIL"] = options.AuthorEmail,
            ["GIT_COMMITTER_NAME"] = options.AuthorName,
            ["GIT_COMMITTER_EMAIL"] = options.AuthorEmail,
        };
        foreach (var name in PassedOn)
        {
            if (Ours(name) is { Length: > 0 } value)
            {
                environment[name] = value;
            }
        }

        foreach (var (name, value) in call.Remote?.Environment ?? [])
        {
            environment[name] = value;
        }

        if (call.IndexFile is { } index)
        {
            environment["GIT_INDEX_FILE"] = index;
        }

        return environment;
    }

    private static string? Ours(string name) => System.Environment.GetEnvironmentVariable(name);

    private static string[] Set(string name, string value) => ["-c", $"{name}={value}"];
}
