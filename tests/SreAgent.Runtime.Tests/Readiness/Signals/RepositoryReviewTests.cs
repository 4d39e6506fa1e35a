using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Personas;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>Whole reviews, by the shipped rules, of repositories of different shapes.</summary>
public class RepositoryReviewTests
{
    private static readonly Persona Operator = new()
    {
        Id = "sre-operator",
        Name = "Operator",
        Dialect = PersonaDialect.Lens,
        Path = "personas/sre-operator.md",
        Instructions = "",
        MustAnswer = Reviewed.Questions,
    };

    [Fact]
    public async Task A_fly_application() => Snapshot.Verify(await ReviewAsync(SmallRepositories.FlyApp()));

    [Fact]
    public async Task A_service_deployed_by_a_chart() => Snapshot.Verify(await ReviewAsync(SmallRepositories.HelmService()));

    [Fact]
    public async Task Infrastructure_in_Terraform() => Snapshot.Verify(await ReviewAsync(SmallRepositories.TerraformHeavy()));

    [Fact]
    public async Task A_library_without_operations() => Snapshot.Verify(await ReviewAsync(SmallRepositories.Library()
        .With("README.md", "# parsers\n\nParses things, and is highly available on every platform.\n\n## Usage\n\nCall `parse`.\n")));

    [Fact]
    public async Task A_product_that_watches_other_systems() => Snapshot.Verify(await ReviewAsync(SmallRepositories.MonitoringProduct()
        .With("README.md", "# watcher\n\nWatches the availability of your services and pages your on-call engineer when an objective of 99.9 % is missed.\n")));

    private static async Task<string> ReviewAsync(WrittenRepository repository)
    {
        var reviewer = new ServiceCollection()
            .AddReadiness(new ConfigurationBuilder().Build())
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Reviewed.Shipped)
            .BuildServiceProvider()
            .GetRequiredService<IReadinessReviewer>();
        var review = await reviewer.ReviewAsync(repository, Operator, new Progress<string>(), TestContext.Current.CancellationToken);

        var told = new StringBuilder();
        foreach (var question in review.Questions)
        {
            told.Append(question.Id).Append(": ").Append(question.Verdict).Append('\n');
            told.AppendJoin("", question.Evidence.Select(evidence => $"  {evidence.Path}:{evidence.Line} [{evidence.Kind}] {evidence.Quote.ReplaceLineEndings(" / ")}\n"));
            told.AppendJoin("", question.Gaps.Select(gap => $"  open: {gap}\n"));
        }

        told.AppendJoin("", review.Findings.Select(finding => $"! {finding.Severity} {finding.Id} {finding.Path}:{finding.Line}\n"));
        return told.ToString();
    }
}
