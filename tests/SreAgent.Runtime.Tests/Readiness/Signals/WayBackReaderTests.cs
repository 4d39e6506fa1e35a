using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Pipelines;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

/// <summary>Ways back that are set up: scripts, jobs, and what a scheduler does by itself.</summary>
public sealed class WayBackReaderTests
{
    [Theory]
    [InlineData("restore-database", "", "restore")]
    [InlineData("recover deleted postgres", "", "restore")]
    [InlineData("database point in time recovery", "", "restore")]
    [InlineData("nightly", "pg_restore -d cart dump", "restore")]
    [InlineData("restore cache", "npm ci", null)]
    [InlineData("restore", "dotnet restore", null)]
    public void A_job_restores_what_was_backed_up_or_only_packages(string name, string commands, string? does) => Assert.Equal(does, JobWords.Does(name, commands));

    [Theory]
    [InlineData("bin/undo.sh", "#!/bin/sh\nhelm rollback cart\n", StatementKind.Rollback, 2)]
    [InlineData("Makefile", "build:\n\tgo build\nrollback:\n\t./x\n", StatementKind.Rollback, 3)]
    [InlineData("scripts/restore.sh", "set -e\npg_restore -d cart dump\n", StatementKind.Backup, 2)]
    [InlineData("Makefile", "restore-db:\n\t./x\n", StatementKind.Backup, 1)]
    public void A_script_goes_back_or_restores(string path, string text, StatementKind kind, int line)
    {
        var statement = Assert.Single(WrittenRepository.Statements(path, text));
        Assert.Equal((kind, line), (statement.Kind, statement.At.Line));
    }

    [Theory]
    [InlineData("image-tag", "deploy", "${{ inputs.image-tag }}", true)]
    [InlineData("image-tag", "deploy", "latest", false)] // It is asked for and not used.
    [InlineData("branch", "deploy", "${{ inputs.branch }}", false)]
    [InlineData("image-tag", "lint", "${{ inputs.image-tag }}", false)]
    public void A_job_that_delivers_the_version_somebody_names_goes_back_too(string input, string job, string tag, bool goesBack) =>
        Assert.Equal(goesBack, WrittenRepository.Statements(".github/workflows/by-hand.yml", $"on:\n  workflow_dispatch:\n    inputs:\n      {input}:\n        required: true\njobs:\n  {job}:\n    steps:\n      - run: {(job == "deploy" ? $"kubectl set image deployment/cart cart={tag}" : $"make lint TAG={tag}")}\n").Any(statement => statement.Kind == StatementKind.Rollback));

    [Theory]
    [InlineData("echo \"to undo: helm rollback cart\"\n")]
    [InlineData("# helm rollback cart\n")]
    [InlineData("dotnet restore\n")]
    public void What_a_script_only_says_goes_nowhere(string text) => Assert.Empty(WrittenRepository.Statements("bin/deploy.sh", text));

    [Fact]
    public void A_Nomad_job_tells_how_it_is_checked_restarted_and_taken_back()
    {
        var statements = WrittenRepository.Statements("jobs/cart.nomad", "job \"cart\" {\n  group \"web\" {\n    count = 3\n    service {\n      check {\n        type = \"http\"\n        path = \"/health\"\n      }\n    }\n  }\n  reschedule {\n    attempts = 3\n  }\n  update {\n    auto_revert = true\n  }\n}\n");

        Assert.Equal(
            ["3 replicas", "5 health check", "11 rescheduling", "14 deploy strategy", "15 automatic rollback"],
            statements.OrderBy(statement => statement.At.Line).Select(statement => $"{statement.At.Line} {statement.At.Kind}"));
    }

    [Fact]
    public void A_Nomad_job_called_a_backup_is_one() =>
        Assert.Equal("@daily", Assert.Single(WrittenRepository.Statements("jobs/backup.nomad", "job \"backup\" {\n  periodic {\n    cron = \"@daily\"\n  }\n}\n")).Fields["schedule"]);

    [Fact]
    public void A_platform_s_own_object_is_read_as_its_workload()
    {
        var statements = WrittenRepository.Statements("nais/prod.yaml", "apiVersion: nais.io/v1alpha1\nkind: Application\nmetadata:\n  name: cart\nspec:\n  liveness:\n    path: /alive\n  replicas:\n    min: 2\n    max: 4\n  prometheus:\n    enabled: true\n");

        Assert.Equal([StatementKind.HealthCheck, StatementKind.Redundancy, StatementKind.Telemetry], statements.Select(statement => statement.Kind));
    }

    [Theory]
    [InlineData("src/e2eTest/run.sh")]
    [InlineData("cmd/keeper-test/run.sh")]
    public void What_a_test_restores_is_no_way_back(string path) => Assert.Equal(FileOrigin.Test, FileOrigins.Of(path));
}
