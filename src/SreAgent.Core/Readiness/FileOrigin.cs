namespace SreAgent.Core.Readiness;

/// <summary>Whose truth a file tells, as far as its path says. Only <see cref="Own"/> files are evidence about the service under review.</summary>
public enum FileOrigin
{
    Own = 0,

    /// <summary>Somebody else's code, kept here: <c>vendor/</c>, <c>node_modules/</c>, a chart's subcharts.</summary>
    ThirdParty,

    /// <summary>Made by a tool: build results, generated code, lock files.</summary>
    Generated,

    /// <summary>For others to copy or install: examples, samples, mixins of rules.</summary>
    Example,

    /// <summary>For the machine of somebody who works on it.</summary>
    Workstation,

    /// <summary>Tests and what they read.</summary>
    Test,
}

/// <summary>Tells the origin of a file by its path.</summary>
public static class FileOrigins
{
    private static readonly Dictionary<string, FileOrigin>.AlternateLookup<ReadOnlySpan<char>> Folders = Names(
        (FileOrigin.ThirdParty, "vendor vendors vendored _vendor node_modules bower_components jspm_packages third_party third-party thirdparty 3rdparty Godeps Pods Carthage site-packages .venv venv virtualenv .terraform .terragrunt-cache .yarn .pnpm-store .bundle .cargo"),
        (FileOrigin.Generated, "dist __pycache__ .next .nuxt .gradle .tox .mypy_cache .pytest_cache .cache coverage htmlcov target .git .hg .svn .idea .vs"),
        (FileOrigin.Example, "example examples _examples .examples sample samples demo demos tutorial tutorials playground sandbox-app cookbook mixin mixins jsonnet-mixin contrib"),
        (FileOrigin.Workstation, ".devcontainer .vscode local_setup local-setup local-dev localdev local-development devenv dev-env devstack docker-dev"),
        (FileOrigin.Test, "test tests testing __tests__ spec specs e2e testdata test-data test_data test-fixtures test_fixtures fixture fixtures .test-fixtures testutil testutils test_utils test-utils testhelper testhelpers e2eutil __fixtures__ mock mocks __mocks__ snapshots __snapshots__ golden goldens cassettes benchmark benchmarks bench integration-tests integration_tests integrationtest unittest unittests acceptance test-infra load-test load-tests loadtest loadtests smoke-tests")).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Dictionary<string, FileOrigin>.AlternateLookup<ReadOnlySpan<char>> GeneratedFiles = Names(
        (FileOrigin.Generated, "package-lock.json npm-shrinkwrap.json yarn.lock pnpm-lock.yaml go.sum Cargo.lock poetry.lock uv.lock Pipfile.lock composer.lock Gemfile.lock mix.lock packages.lock.json .terraform.lock.hcl")).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] GeneratedEnds = [".pb.go", "_pb2.py", "_pb2_grpc.py", ".min.js", ".min.css", ".map", ".g.cs", ".designer.cs", ".generated.go", ".generated.cs", ".generated.ts", "_generated.go"];

    private static readonly string[] TestEnds =
        ["_test.go", "_test.py", "_spec.rb", "_test.rb", "_test.exs", "_test.rs", "test.java", "tests.java", "it.java", "test.kt", "spec.scala", "tests.cs", "test.cs", ".test.ts", ".test.tsx", ".test.js", ".test.jsx", ".test.mjs", ".spec.ts", ".spec.tsx", ".spec.js", ".spec.jsx", "-test.yml", "-test.yaml", "-tests.yml", "-tests.yaml", "_test.yaml", "_test.yml", ".test.yaml", ".test.yml", "_tests.yaml"];

    /// <param name="path">From the root, with <c>/</c>.</param>
    public static FileOrigin Of(string path) => Of(path, out _);

    /// <param name="path">From the root, with <c>/</c>.</param>
    /// <param name="folder">How much of the path is the folder that decided it, with its slash; 0 when the name of the file did.</param>
    public static FileOrigin Of(string path, out int folder)
    {
        ArgumentNullException.ThrowIfNull(path);
        var rest = path.AsSpan();
        folder = 0;
        var inChart = false;
        for (var cut = rest.IndexOf('/'); cut >= 0; cut = rest.IndexOf('/'))
        {
            var name = rest[..cut];
            rest = rest[(cut + 1)..];

            // A folder of charts within a chart holds what the chart depends on.
            var isCharts = name.Equals("charts", StringComparison.Ordinal);
            if (OfFolder(name, isCharts && inChart) is not FileOrigin.Own and var origin && !IsWritten(name, path))
            {
                folder = path.Length - rest.Length;
                return origin;
            }

            inChart |= isCharts;
        }

        return OfName(rest);
    }

    // Some keep what they decided under the name others give their tests, and what they deploy under the name others give their build results.
    private static bool IsWritten(ReadOnlySpan<char> folder, string path) =>
        folder.Equals("spec", StringComparison.OrdinalIgnoreCase) || folder.Equals("specs", StringComparison.OrdinalIgnoreCase) ? path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
        : folder.Equals("dist", StringComparison.OrdinalIgnoreCase)
            && (path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".tf", StringComparison.OrdinalIgnoreCase) || path.Contains("/grafana/", StringComparison.OrdinalIgnoreCase));

    private static FileOrigin OfFolder(ReadOnlySpan<char> name, bool isSubchart) =>
        Folders.TryGetValue(name, out var origin) ? origin
        : isSubchart ? FileOrigin.ThirdParty
        : name.EndsWith("-mixin", StringComparison.OrdinalIgnoreCase) || name.StartsWith("example-", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-example", StringComparison.OrdinalIgnoreCase) ? FileOrigin.Example
        : name.EndsWith(".Tests", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-tests", StringComparison.OrdinalIgnoreCase) || name.EndsWith("-test", StringComparison.OrdinalIgnoreCase) || IsSourceSet(name) ? FileOrigin.Test
        : FileOrigin.Own;

    // As build tools of the JVM call them: integrationTest, e2eTest.
    private static bool IsSourceSet(ReadOnlySpan<char> name) => name.Length > "Test".Length && char.IsLower(name[0]) && (name.EndsWith("Test", StringComparison.Ordinal) || name.EndsWith("Tests", StringComparison.Ordinal));

    private static FileOrigin OfName(ReadOnlySpan<char> name)
    {
        if (GeneratedFiles.ContainsKey(name) || EndsWithAny(name, GeneratedEnds))
        {
            return FileOrigin.Generated;
        }

        if (IsExample(name))
        {
            return FileOrigin.Example;
        }

        return name.StartsWith("test_", StringComparison.Ordinal) || EndsWithAny(name, TestEnds) ? FileOrigin.Test : FileOrigin.Own;
    }

    private static bool IsExample(ReadOnlySpan<char> name) =>
        name.Contains(".example.", StringComparison.OrdinalIgnoreCase) || name.Contains(".sample.", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".example", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".sample", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("example", StringComparison.OrdinalIgnoreCase) && name["example".Length..].TrimStart("sS") is ['-' or '_' or '.', ..];

    private static bool EndsWithAny(ReadOnlySpan<char> name, string[] ends)
    {
        foreach (var end in ends)
        {
            if (name.EndsWith(end, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static Dictionary<string, FileOrigin> Names(params (FileOrigin Origin, string Names)[] lists)
    {
        var names = new Dictionary<string, FileOrigin>(StringComparer.OrdinalIgnoreCase);
        foreach (var (origin, list) in lists)
        {
            foreach (var name in list.Split(' '))
            {
                names.Add(name, origin);
            }
        }

        return names;
    }
}
