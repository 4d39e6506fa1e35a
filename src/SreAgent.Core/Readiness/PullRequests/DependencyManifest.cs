using System.Text.Json;
using System.Text.RegularExpressions;

namespace SreAgent.Core.Readiness.PullRequests;

/// <summary>The libraries a manifest names for running, as far as they can be made out; those for development alone are left out where it says so.</summary>
public static partial class DependencyManifest
{
    private static readonly HashSet<string> Locks = new(StringComparer.OrdinalIgnoreCase)
    {
        "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "go.sum", "Cargo.lock", "poetry.lock", "uv.lock", "Pipfile.lock", "composer.lock", "Gemfile.lock", "mix.lock", "packages.lock.json",
    };

    public static bool IsLock(string path) => Locks.Contains(NameOf(path));

    public static bool IsManifest(string path) => FormOf(NameOf(path)) is not null;

    /// <returns>Empty for no text, and for what is no manifest.</returns>
    public static IReadOnlyCollection<string> Names(SourceText? manifest) => manifest is null ? [] : FormOf(NameOf(manifest.Path)) switch
    {
        Form.Npm => OfJson(manifest.Text, "dependencies", "optionalDependencies", "peerDependencies"),
        Form.Composer => OfJson(manifest.Text, "require"),
        Form.Lines => All(Requirement(), manifest.Text),
        Form.Go => All(GoRequirement(), manifest.Text),
        Form.Tables => OfTables(manifest),
        Form.NuGet => All(NuGetReference(), manifest.Text),
        Form.Maven => All(MavenDependency(), manifest.Text),
        Form.Gradle => All(GradleDependency(), manifest.Text),
        Form.Gem => All(GemLine(), manifest.Text),
        _ => [],
    };

    private static Form? FormOf(string name) => name switch
    {
        "package.json" => Form.Npm,
        "composer.json" => Form.Composer,
        "go.mod" => Form.Go,
        "Cargo.toml" or "pyproject.toml" or "Pipfile" => Form.Tables,
        "pom.xml" => Form.Maven,
        "build.gradle" or "build.gradle.kts" => Form.Gradle,
        "Gemfile" => Form.Gem,
        "Directory.Packages.props" or "packages.config" => Form.NuGet,
        _ when name.StartsWith("requirements", StringComparison.Ordinal) && name.EndsWith(".txt", StringComparison.Ordinal) => Form.Lines,
        _ when name.EndsWith("proj", StringComparison.Ordinal) => Form.NuGet,
        _ => null,
    };

    private static string[] OfJson(string text, params string[] sections)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind != JsonValueKind.Object ? [] :
            [
                .. sections.SelectMany(section => json.RootElement.TryGetProperty(section, out var names) && names.ValueKind == JsonValueKind.Object
                    ? names.EnumerateObject().Select(name => name.Name) : []),
            ];
        }
        catch (JsonException)
        {
            return []; // A manifest nobody can read adds nothing that could be named.
        }
    }

    /// <summary>Keys of the tables named so, and the entries of the list of that name.</summary>
    private static List<string> OfTables(SourceText manifest)
    {
        var names = new List<string>();
        var (inTable, inList) = (false, false);
        foreach (var line in manifest.Lines)
        {
            if (TableHead().Match(line) is { Success: true } head)
            {
                (inTable, inList) = (DependencyTable().IsMatch(head.Groups["table"].Value), false);
            }
            else if (inTable && Key().Match(line) is { Success: true } key && key.Groups["name"].Value != "python")
            {
                names.Add(key.Groups["name"].Value);
            }
            else if (!inTable && (inList || ListHead().IsMatch(line)))
            {
                names.AddRange(All(Quoted(), inList ? line : line[(line.IndexOf('[', StringComparison.Ordinal) + 1)..]));
                inList = !ListEnd().IsMatch(line);
            }
        }

        return names;
    }

    private static string[] All(Regex form, string text)
    {
        try
        {
            return [.. form.Matches(text).Select(match => match.Groups["name"].Value).Where(name => name.Length > 0)];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    private enum Form
    {
        Npm = 0,
        Composer,
        Lines,
        Go,
        Tables,
        NuGet,
        Maven,
        Gradle,
        Gem,
    }

    [GeneratedRegex(@"^[ \t]*(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)[ \t]*(\[[^\]\n]*\])?[ \t]*([=<>!~;@#]|$)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 500)]
    private static partial Regex Requirement();

    [GeneratedRegex(@"^[ \t]*(require[ \t]+)?(?<name>[a-z0-9][^\s(]*\.[^\s(]*/[^\s(]+)[ \t]+v[0-9][^\s]*[ \t]*$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 500)]
    private static partial Regex GoRequirement();

    [GeneratedRegex(@"<Package(Reference|Version)[ \t][^>]{0,500}?Include=""(?<name>[^""]{1,200})""|<package[ \t][^>]{0,200}?id=""(?<name>[^""]{1,200})""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex NuGetReference();

    [GeneratedRegex(@"<dependency>[^<]{0,200}<groupId>[^<]{1,200}</groupId>[^<]{0,200}<artifactId>(?<name>[^<]{1,200})</artifactId>", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 500)]
    private static partial Regex MavenDependency();

    [GeneratedRegex(@"^[ \t]*(implementation|api|runtimeOnly|compile)[ \t(]+[""'](?<name>[^""':\n]+:[^""':\n]+)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 500)]
    private static partial Regex GradleDependency();

    [GeneratedRegex(@"^[ \t]*gem[ \t(]+[""'](?<name>[^""'\n]+)[""']", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 500)]
    private static partial Regex GemLine();

    [GeneratedRegex(@"^\s*\[+(?<table>[^\]]{1,200})\]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex TableHead();

    [GeneratedRegex(@"^(target\..*\.|tool\.poetry\.|workspace\.)?dependencies\z|^packages\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex DependencyTable();

    [GeneratedRegex(@"^\s*""?(?<name>[A-Za-z0-9][A-Za-z0-9._-]*)""?\s*=", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Key();

    [GeneratedRegex(@"^\s*dependencies\s*=\s*\[", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex ListHead();

    [GeneratedRegex(@"\][^""']*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex ListEnd();

    [GeneratedRegex(@"[""'](?<name>[A-Za-z0-9][A-Za-z0-9._-]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Quoted();
}
