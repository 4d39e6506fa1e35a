using System.Xml.Linq;

namespace SreAgent.Architecture.Tests;

/// <summary>The container file is not built here; what it must agree with is held instead.</summary>
public class ContainerTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(SourceTree.Root, "Dockerfile"));

    [Fact]
    public void It_runs_on_the_framework_the_program_needs()
    {
        var needsAspNetCore = Directory.EnumerateFiles(Path.Combine(SourceTree.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(file => XDocument.Load(file).Descendants("FrameworkReference"))
            .Any(reference => reference.Attribute("Include")?.Value == "Microsoft.AspNetCore.App");

        var last = Lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal));

        Assert.Contains(needsAspNetCore ? "/dotnet/aspnet:" : "/dotnet/runtime:", last, StringComparison.Ordinal);
    }

    [Fact]
    public void It_copies_every_file_at_the_root_that_the_build_reads()
    {
        var copied = Lines.Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ')[1..^1]).Select(path => path.TrimEnd('/')).ToHashSet(StringComparer.Ordinal);
        string[] read = ["src", "personas", "skills", "prompts", "appsettings.json", "global.json", "nuget.config", "Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig"];

        Assert.All(copied, path => Assert.True(Path.Exists(Path.Combine(SourceTree.Root, path)), path));
        Assert.Empty(read.Except(copied, StringComparer.Ordinal));
    }
}
