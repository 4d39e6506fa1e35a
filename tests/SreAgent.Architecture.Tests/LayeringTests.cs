using System.Xml.Linq;

namespace SreAgent.Architecture.Tests;

/// <summary>The arrows of the house. A new arrow is a decision: it starts with an ADR, not here.</summary>
public class LayeringTests
{
    [Theory]
    [InlineData("SreAgent.Core", "")]
    [InlineData("SreAgent.Integrations", "SreAgent.Core")]
    [InlineData("SreAgent.Runtime", "SreAgent.Core")]
    [InlineData("SreAgent.Lab", "SreAgent.Core")]
    [InlineData("SreAgent.Host", "SreAgent.Integrations SreAgent.Lab SreAgent.Runtime")]
    public void A_project_refers_only_to_those_below_it(string project, string allowed)
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj"));

        var referred = file.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.Equal(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), referred.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Core_refers_to_the_base_class_library_only()
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Root, "src", "SreAgent.Core", "SreAgent.Core.csproj"));

        Assert.Empty(file.Descendants("PackageReference"));
    }

    [Fact]
    public void No_integration_sees_another() =>
        Assert.Empty(
            from file in SourceTree.Sources
            let own = IntegrationOf(file.Namespace)
            where own is not null
            from used in file.Uses
            let other = IntegrationOf(used)
            where other is not null && !string.Equals(own, other, StringComparison.Ordinal)
            select $"{file.Path} uses {used}");

    [Fact]
    public void Model_vendors_are_known_in_the_chat_folder_only() =>
        Assert.Empty(
            from file in SourceTree.Sources
            where !file.Path.Contains(Path.Combine("SreAgent.Runtime", "Chat"), StringComparison.Ordinal)
            from used in file.Uses
            where used.Split('.')[0] is "Anthropic" or "OpenAI"
            select $"{file.Path} uses {used}");

    [Fact]
    public void No_two_namespaces_of_a_project_need_each_other()
    {
        var edges = SourceTree.Sources
            .SelectMany(file => file.Uses.Where(used => SameProject(file.Namespace, used) && !Nested(file.Namespace, used)).Select(used => (From: file.Namespace, To: used, file.Path)))
            .ToArray();
        var graph = edges.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);

        var cycles = edges.Where(edge => Reaches(graph, edge.To, edge.From)).Select(edge => $"{edge.Path}: {edge.From} → {edge.To}").ToArray();

        Assert.Empty(cycles.Except(KnownCycles, StringComparer.Ordinal));
    }

    private static string[] KnownCycles => [];

    /// <summary>The folder under Integrations; Http and Settings are what all of them share.</summary>
    private static string? IntegrationOf(string name) =>
        name.Split('.') is ["SreAgent", "Integrations", var folder, ..] && folder is not ("Http" or "Settings") ? folder : null;

    private static bool SameProject(string left, string right) =>
        left.Split('.').Take(2).SequenceEqual(right.Split('.').Take(2), StringComparer.Ordinal) && right.Split('.').Length > 2;

    private static bool Nested(string left, string right) =>
        left.StartsWith(right, StringComparison.Ordinal) || right.StartsWith(left, StringComparison.Ordinal);

    private static bool Reaches(ILookup<string, string> graph, string from, string to)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([from]);
        while (open.TryPop(out var at))
        {
            if (string.Equals(at, to, StringComparison.Ordinal))
            {
                return true;
            }

            if (seen.Add(at))
            {
                foreach (var next in graph[at])
                {
                    open.Push(next);
                }
            }
        }

        return false;
    }
}
