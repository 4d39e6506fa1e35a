using SreAgent.Core.Redaction;

namespace SreAgent.Core.Tests.Redaction;

public class RedactionGuideTests
{
    [Fact]
    public void The_guide_lists_every_kind_in_the_order_of_the_code()
    {
        var listed = File.ReadLines(Path.Combine(Root(), "docs", "redaction.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.Equal([.. SecretShapes.All.Select(shape => shape.Kind).Distinct(), Redactor.ConfiguredKind, Redactor.UnreadableKind], listed);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SreAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No SreAgent.sln above the tests.");
    }
}
