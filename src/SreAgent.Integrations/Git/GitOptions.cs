using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using SreAgent.Integrations.Settings;

namespace SreAgent.Integrations.Git;

/// <summary>Settings under <c>Integrations:Git</c>.</summary>
internal sealed partial record GitOptions
{
    public const string Section = "Integrations:Git";

    /// <summary>Everything this integration writes lies below: its clones, and the worktrees. Absolute. Absent when the integration is disabled.</summary>
    public string? Root { get; init; }

    /// <summary>Absolute, or a name to be found on PATH.</summary>
    public string Program { get; init; } = "git";

    /// <summary>The environment its calls act on. Absent means the strictest configured.</summary>
    public string? Environment { get; init; }

    /// <summary>Who commits are signed by; never the model's choice.</summary>
    public string AuthorName { get; init; } = "sre-agent";

    public string AuthorEmail { get; init; } = "sre-agent@localhost";

    /// <summary>One run of git. 1 to 3600 s, 120 by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    public IReadOnlyList<RepositoryOptions> Repositories { get; init; } = [];

    /// <summary>Reads the section; what is wrong is added to <paramref name="problems"/>.</summary>
    public static GitOptions Read(IConfiguration configuration, List<string> problems)
    {
        var settings = new SettingsReader(configuration.GetSection(Section), problems);
        if (!settings.Exists)
        {
            return new GitOptions();
        }

        var author = settings.Section("Author");
        var options = new GitOptions
        {
            Root = RootOf(settings),
            Program = settings.Text(nameof(Program)) ?? "git",
            Environment = settings.Text(nameof(Environment)),
            AuthorName = Identity(author, "Name") ?? "sre-agent",
            AuthorEmail = Identity(author, "Email") ?? "sre-agent@localhost",
            Timeout = TimeSpan.FromSeconds(settings.Number("TimeoutSeconds", 120, 1, 3600)),
            Repositories = RepositoriesOf(settings),
        };
        author.RefuseUnknown();
        settings.RefuseUnknown();
        CheckApart(settings, options);
        return options;
    }

    private static string? RootOf(SettingsReader settings)
    {
        if (settings.Text(nameof(Root)) is not { } root)
        {
            settings.Problem(nameof(Root), "is required: the folder that worktrees and clones live under");
            return null;
        }

        if (!Path.IsPathFullyQualified(root) || root.Any(char.IsControl))
        {
            settings.Problem(nameof(Root), "must be an absolute path");
            return null;
        }

        return Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    }

    private static List<RepositoryOptions> RepositoriesOf(SettingsReader settings)
    {
        var names = settings.Map(nameof(Repositories)).Keys;
        if (!names.Any())
        {
            settings.Problem(nameof(Repositories), "needs at least one repository");
        }

        var repositories = new List<RepositoryOptions>();
        foreach (var name in names)
        {
            if (!Name().IsMatch(name))
            {
                settings.Section(nameof(Repositories)).Problem(name, "is not a name of letters, digits, dots, dashes and underscores");
            }
            else if (RepositoryOptions.Read(name, settings.Section(nameof(Repositories)).Section(name)) is { } repository)
            {
                repositories.Add(repository);
            }
        }

        return repositories;
    }

    /// <summary>A name or address git would cut short or refuse at the first commit is refused now.</summary>
    private static string? Identity(SettingsReader author, string name)
    {
        var value = author.Text(name);
        if (value is not null && (value.Any(char.IsControl) || value.AsSpan().ContainsAny('<', '>')))
        {
            author.Problem(name, "must be one line without angle brackets");
        }

        return value;
    }

    /// <summary>Our folder within somebody's checkout would show up there as files of theirs.</summary>
    private static void CheckApart(SettingsReader settings, GitOptions options)
    {
        foreach (var repository in options.Repositories.Where(repository => repository.Path is not null && options.Root is not null))
        {
            if ((options.Root + "/").StartsWith(repository.Path + "/", StringComparison.Ordinal) || (repository.Path + "/").StartsWith(options.Root + "/", StringComparison.Ordinal))
            {
                settings.Problem(nameof(Root), $"and {Section}:{nameof(Repositories)}:{repository.Name}:Path must not lie within each other");
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Name();
}
