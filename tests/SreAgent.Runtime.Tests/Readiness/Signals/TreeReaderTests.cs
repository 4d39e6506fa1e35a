using System.Text;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Reading;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

public class TreeReaderTests
{
    private const string Deployment = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: 3\n";

    [Fact]
    public async Task The_same_tree_gives_the_same_reading()
    {
        var repository = SmallRepositories.HelmService();
        for (var i = 0; i < 400; i++)
        {
            repository.With($"k8s/{i % 7}/{i:000}.yaml", Deployment);
        }

        var first = await repository.TellAsync();

        Assert.Equal(first, await repository.TellAsync());
        Assert.Equal(400, first.Split('\n').Count(line => line.StartsWith("k8s/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_file_too_large_is_listed_and_not_opened()
    {
        var repository = new WrittenRepository("x").With("k8s/a.yaml", Deployment + new string('#', 2000));

        var reading = await repository.ReadingAsync(new ReadingLimits { OneFile = 1024 });

        Assert.Equal(0, repository.Opened);
        Assert.Contains("k8s/a.yaml: more than the 1 KiB that are read of one file", reading.NotLookedAt);
    }

    [Fact]
    public async Task A_binary_file_with_the_name_of_a_text_is_listed()
    {
        var reading = await new WrittenRepository("x").With("k8s/a.yaml", [.. Encoding.UTF8.GetBytes(Deployment), 0, 1]).ReadingAsync();

        Assert.Empty(reading.Statements);
        Assert.Contains("k8s/a.yaml: binary", reading.NotLookedAt);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_listed()
    {
        var reading = await new WrittenRepository("x").With("k8s/a.yaml", [0xDE, 0xAD]).ReadingAsync();

        Assert.Contains("k8s/a.yaml: could not be read", reading.NotLookedAt);
    }

    [Fact]
    public async Task Beyond_its_share_a_reader_is_given_no_more_and_that_is_said()
    {
        var repository = new WrittenRepository("x");
        for (var i = 0; i < 600; i++)
        {
            repository.With($"k8s/{i:000}.yaml", Deployment);
        }

        var reading = await repository.ReadingAsync(new ReadingLimits { DecodedByOneReader = 100 });

        Assert.InRange(reading.Statements.Count, 1, 599);
        Assert.Contains(reading.NotLookedAt, line => line.Contains("beyond what is read of one kind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reader_that_has_found_its_share_leaves_the_others_theirs()
    {
        var repository = new WrittenRepository("x");
        for (var i = 0; i < 600; i++)
        {
            repository.With($"k8s/{i:000}.yaml", Deployment);
        }

        var reading = await repository.With("zz/cart.tf", "resource \"aws_db_instance\" \"cart\" {\n  multi_az = true\n}\n").ReadingAsync(new ReadingLimits { StatementsOfOneReader = 10 });

        Assert.Contains(reading.Statements, statement => statement.At.Path == "zz/cart.tf");
        Assert.Contains(reading.NotLookedAt, line => line.Contains("or 10 statements", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_speaks_of_operation_is_read_before_the_rest()
    {
        var repository = new WrittenRepository("x").With("zz/runbooks/deep/down/below/backup.yaml", Deployment);
        for (var i = 0; i < 200; i++)
        {
            repository.With($"aa/{i:000}.yaml", Deployment);
        }

        var reading = await repository.ReadingAsync(new ReadingLimits { DecodedByOneReader = 1 });

        Assert.Contains(reading.Statements, statement => statement.At.Path.StartsWith("zz/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_statements_are_taken_from_one_file_than_the_limit()
    {
        var many = string.Concat(Enumerable.Range(0, 50).Select(_ => Deployment + "---\n"));

        var reading = await new WrittenRepository("x").With("k8s/a.yaml", many).ReadingAsync(new ReadingLimits { StatementsOfOneFile = 10 });

        Assert.Equal(10, reading.Statements.Count);
        Assert.Contains("k8s/a.yaml: more than the 10 statements that are taken from one file", reading.NotLookedAt);
    }

    [Fact]
    public async Task A_quote_that_would_carry_a_secret_is_no_evidence()
    {
        var reading = await new WrittenRepository("x").With("fly.toml", "app = \"x\"\n[deploy]\n  release_command = \"bin/migrate --password c0rrecthorse\"\n").ReadingAsync();

        Assert.DoesNotContain(reading.Statements, statement => statement.At.Quote.Contains("c0rrecthorse", StringComparison.Ordinal));
        Assert.Contains(reading.NotLookedAt, line => line.StartsWith("fly.toml:3: what is stated here is not used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_passed_over_twice_is_told_once()
    {
        const string Line = "stock = Stock.new(password: c0rrecthorse, timeout: 5, max_retries: 5)";
        var reading = await new WrittenRepository("x").With("lib/config.rb", Line + "\n").ReadingAsync();

        Assert.Equal(["lib/config.rb:1"], reading.NotLookedAt.Select(line => string.Join(':', line.Split(':').Take(2))));
    }

    [Fact]
    public async Task A_reader_that_fails_costs_one_file_and_is_named()
    {
        var repository = new WrittenRepository("x").With("a.txt", "a").With("b.txt", "b");

        var reading = await new TreeReader([new FailsOnA()]).ReadAsync(repository, repository.Listing, new Progress<string>(), TestContext.Current.CancellationToken);

        Assert.Equal("b.txt", Assert.Single(reading.Statements).At.Path);
        Assert.Contains("a.txt: not read to its end: FailsOnA failed on it (InvalidOperationException)", reading.NotLookedAt);
    }

    [Fact]
    public async Task It_stops_when_it_is_told_to()
    {
        var repository = new WrittenRepository("x").With("k8s/a.yaml", Deployment);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new TreeReader([new FailsOnA()]).ReadAsync(repository, repository.Listing, new Progress<string>(), new CancellationToken(canceled: true)));
        Assert.Equal(0, repository.Opened);
    }

    [Fact]
    public async Task Folders_of_others_are_counted_in_one_line_each()
    {
        var repository = new WrittenRepository("x").With("node_modules/a/values.yaml", Deployment).With("node_modules/b/c.yaml", Deployment).With("a.test.ts", "x").With("logo.png", "x");

        var reading = await repository.ReadingAsync();

        Assert.Equal(["node_modules/: 2 files, third-party code", "2 files of kinds that nothing is read from: 1 .png, 1 tests"], reading.NotLookedAt);
    }

    private sealed class FailsOnA : IStatementReader
    {
        public bool Reads(SourceEntry file) => true;

        public IEnumerable<Statement> Read(SourceText text) =>
            text.Path == "a.txt" ? throw new InvalidOperationException() : [new Statement { Kind = StatementKind.Prose, At = text.Cite(1, 1), Text = text.Text }];
    }
}
