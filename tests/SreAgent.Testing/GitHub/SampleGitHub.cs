using SreAgent.Lab.GitHub;

namespace SreAgent.Testing.GitHub;

/// <summary>A small GitHub for tests: acme/checkout with a history, a protected main branch, a feature branch and 45 old issues.</summary>
public static class SampleGitHub
{
    /// <summary>May write everywhere; not an App.</summary>
    public const string Token = "ghp_sample0writer";

    public const string Login = "sre-bot";

    /// <summary>May read acme/checkout and nothing else.</summary>
    public const string ReaderToken = "ghp_sample0reader";

    /// <summary>As Actions' own: may write and create check runs.</summary>
    public const string AppToken = "ghs_sample0actions";

    public const string Repository = "acme/checkout";

    public static DateTimeOffset Start { get; } = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    /// <summary>main: V41, V42 and V43 on top of one another; V43 carries a red check, the others a green one.</summary>
    public static string V41 { get; } = Sha('1');

    public static string V42 { get; } = Sha('2');

    public static string V43 { get; } = Sha('3');

    /// <summary>The head of the branch <c>fix/timeouts</c>, made on V42.</summary>
    public static string Fix { get; } = Sha('f');

    public static GitHubSeed Seed() => new()
    {
        Repositories =
        [
            new(Repository)
            {
                Commits =
                [
                    new(V41, "Begin", "ada", Start) { Files = Files(("src/checkout.cs", "class Checkout\n{\n    // v41\n}\n"), ("fly.toml", "app = \"checkout\"\n")) },
                    new(V42, "Charge through the new gateway\n\nSlower, but surer.", "ada", Start.AddMinutes(10)) { Files = Files(("src/checkout.cs", "class Checkout\n{\n    // v42\n}\n")) },
                    new(V43, "Retry payments", "bob", Start.AddMinutes(20)) { Files = Files(("src/checkout.cs", "class Checkout\n{\n    // v43\n}\n"), ("migrations/7.sql", "alter table orders add retries int;\n")) },
                    new(Fix, "Give up sooner", "bob", Start.AddMinutes(15)) { Parents = [V42], Files = Files(("docs/timeouts.md", "# Timeouts\n"), ("fly.toml", null)) },
                ],
                Branches = new Dictionary<string, string>(StringComparer.Ordinal) { ["main"] = V43, ["fix/timeouts"] = Fix },
                ProtectedBranches = ["main"],
                Checks = [new(V41, "build", "success"), new(V42, "build", "success"), new(V43, "build", "failure"), new(V43, "lint", "success")],
                Issues = [.. Enumerable.Range(1, 45).Select(i => new GitHubIssueSeed($"Old trouble {i}", $"Was seen {i} times.", "ada", i % 9 == 0 ? ["bug"] : []) { IsClosed = i % 15 == 0 })],
                RenamedFrom = "acme/shop",
            },
            new("acme/public-docs") { IsPrivate = false, Commits = [new(Sha('d'), "Write it down", "ada", Start) { Files = Files(("README.md", "# Docs\n")) }] },
        ],
        Tokens =
        [
            new(Token, Login),
            new(ReaderToken, "reader", new Dictionary<string, GitHubAccess>(StringComparer.Ordinal) { [Repository] = GitHubAccess.Read }),
            new(AppToken, "github-actions[bot]") { IsApp = true },
        ],
    };

    private static string Sha(char digit) => new(digit, 40);

    private static Dictionary<string, string?> Files(params (string Path, string? Content)[] files) => files.ToDictionary(file => file.Path, file => file.Content, StringComparer.Ordinal);
}
