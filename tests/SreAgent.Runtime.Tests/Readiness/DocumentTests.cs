using SreAgent.Core.Readiness;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>Documents of very different kinds, judged by hand before the rules saw them. Where two verdicts are fair, both are named.</summary>
public sealed class DocumentTests
{
    /// <summary>The verdicts in the order of the questions: A answered, P partly, M missing.</summary>
    public static readonly TheoryData<string, string, string> Judged = new()
    {
        { "web-service.md", "README.md", "A A A A A" },
        { "batch-job.md", "README.md", "M A M A PM" },
        { "library.md", "README.md", "M M P M M" },
        { "monitoring-product.md", "README.md", "M M M M M" },
        { "upgrade-product.md", "README.md", "P M M M M" },
        { "template.md", "docs/readiness.md", "M M M M M" },
        { "promises.md", "README.md", "M M M M M" },
        { "questionnaire.md", "docs/launch.md", "A A P A M" },
        { "not-applicable.md", "README.md", "AP P AP P P" },
        { "design-doc.md", "docs/design.md", "M M M M M" },
        { "runbook.md", "docs/runbook.md", "P A M PM A" },
        { "operations.adoc", "docs/operations.adoc", "A A A A M" },
        { "install.rst", "docs/install.rst", "M PM A A M" },
        { "one-sentence.md", "README.md", "M M M M M" },
        { "marketing.md", "README.md", "M M M M M" },
        { "advice.md", "README.md", "M M M M M" },
        { "terse-service.md", "README.md", "A A A AP A" },
    };

    [Theory]
    [MemberData(nameof(Judged))]
    public void A_document_is_judged_as_a_person_judges_it(string document, string path, string verdicts)
    {
        var text = File.ReadAllText(RepositoryRoot.Path($"tests/SreAgent.Runtime.Tests/Readiness/Documents/{document}"));
        var reviews = Reviewed.Document(text, path);
        var fair = verdicts.Split(' ');
        Assert.All(reviews.Zip(fair), pair => Assert.True(
            pair.Second.Contains(Letter(pair.First.Verdict), StringComparison.Ordinal),
            $"{document}, {pair.First.Id}: {pair.First.Verdict}, fair would be {pair.Second}.\n{Told(pair.First)}"));
    }

    private static char Letter(Verdict verdict) => verdict.ToString()[0];

    private static string Told(QuestionReview review) => string.Join('\n', review.Parts.Select(part =>
        $"  {part.Id} {part.State} {part.Reason} {string.Join(" | ", part.Evidence.Select(evidence => $"{evidence.Line}: {evidence.Quote}"))}"));
}
