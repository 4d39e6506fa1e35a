using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Conversations;
using SreAgent.Core.Policy;
using SreAgent.Runtime.Stores;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Tests.Stores;

public sealed class StoreFaultTests : IDisposable
{
    private readonly StoreFixture _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_full_disk_refuses_the_append_and_writes_nothing()
    {
        var database = _store.Open();
        var trail = new AuditTrail(database);
        await trail.AppendAsync(StoreFixture.Record(), durable: true, Token);
        await LimitAsync("PRAGMA max_page_count = 1"); // SQLite clamps it to what is in use: from here on the disk is full.

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => trail.AppendAsync(StoreFixture.Record(new string('x', 100_000)), durable: true, Token));

        Assert.Contains("append to the audit trail", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_store.Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("database or disk is full", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Free space", refusal.Message, StringComparison.Ordinal);
        await LimitAsync("PRAGMA max_page_count = 1000000");
        Assert.Equal(2, (await trail.AppendAsync(StoreFixture.Record(), durable: true, Token)).Sequence);

        Task<bool> LimitAsync(string pragma) => database.WriteAsync("limit", durable: false, session =>
        {
            session.Execute(pragma);
            return true;
        }, Token);
    }

    [Theory]
    [InlineData("/proc/sre-agent/sre-agent.db")]
    [InlineData("/dev/null/sre-agent.db")]
    public async Task A_place_that_cannot_be_written_is_refused_with_the_path_and_a_way_out(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses places that only Linux has, which refuse writes even to root.");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => new AuditTrail(_store.Open(path)).AppendAsync(StoreFixture.Record(), durable: true, Token));

        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Store:Path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_read_only_folder_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || string.Equals(Environment.UserName, "root", StringComparison.Ordinal), "Permission bits do not bind this user.");
        var folder = Directory.CreateDirectory(Path.GetDirectoryName(_store.Path)!).FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await Assert.ThrowsAsync<StoreUnavailableException>(() => new AuditTrail(_store.Open()).AppendAsync(StoreFixture.Record(), durable: true, Token));
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_database_another_process_holds_is_refused_after_the_busy_timeout()
    {
        await new AuditTrail(_store.Open()).AppendAsync(StoreFixture.Record(), durable: true, Token);
        using var raw = _store.Raw();
        using var holder = raw.BeginTransaction(deferred: false);
        var trail = new AuditTrail(_store.Open(TimeSpan.FromMilliseconds(300)));

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => trail.AppendAsync(StoreFixture.Record(), durable: true, Token));

        Assert.True(refusal.Retryable);
        Assert.Contains("Another process holds the database", refusal.Message, StringComparison.Ordinal);
        holder.Rollback();
        Assert.Equal(2, (await trail.AppendAsync(StoreFixture.Record(), durable: true, Token)).Sequence);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_store.Path)!);
        var text = new string('x', 8192);
        await File.WriteAllTextAsync(_store.Path, text, Token);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => new KillSwitch(_store.Open()).IsOnAsync(Token));

        Assert.Contains("damaged or is no SQLite database", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(_store.Path, Token));
    }

    [Fact]
    public async Task A_damaged_page_is_refused()
    {
        using (var database = new SqliteDatabase(new StoreOptions { Path = _store.Path }, TimeProvider.System))
        {
            await new AuditTrail(database).AppendAsync(StoreFixture.Record(new string('x', 50_000)), durable: true, Token);
        }

        var bytes = await File.ReadAllBytesAsync(_store.Path, Token);
        Array.Fill(bytes, (byte)0xA5, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(_store.Path, bytes, Token);

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => new AuditTrail(_store.Open()).AppendAsync(StoreFixture.Record(), durable: true, Token));
        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_unchanged()
    {
        await new AuditTrail(_store.Open()).AppendAsync(StoreFixture.Record(), durable: true, Token);
        _store.Tamper("INSERT INTO schema_version (version, name, applied_at) VALUES (999, '0999_future', '2030-01-01')");

        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => new KillSwitch(_store.Open()).IsOnAsync(Token));

        Assert.Contains($"newer sre-agent (schema 999; this one knows up to {SqliteMigrations.Newest})", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sixteen_openings_of_a_new_file_migrate_it_once()
    {
        var databases = Enumerable.Range(0, 16).Select(_ => _store.Open()).ToArray();

        await Task.WhenAll(databases.Select(database => Task.Run(() => new KillSwitch(database).IsOnAsync(Token), Token)));

        using var raw = _store.Raw();
        using var count = raw.CreateCommand();
        count.CommandText = "SELECT COUNT(*) FROM schema_version";
        Assert.Equal((long)SqliteMigrations.Newest, count.ExecuteScalar());
    }

    [Fact]
    public async Task A_file_removed_while_in_use_fails_one_call_and_is_then_begun_anew()
    {
        var database = _store.Open();
        var trail = new AuditTrail(database);
        await trail.AppendAsync(StoreFixture.Record(), durable: true, Token);
        Assert.Single(await trail.LatestAsync(10, Token));
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_store.Path)!))
        {
            File.Delete(file);
        }

        await Assert.ThrowsAsync<StoreUnavailableException>(() => trail.AppendAsync(StoreFixture.Record(), durable: true, Token));

        await trail.AppendAsync(StoreFixture.Record("new"), durable: true, Token);
        Assert.Equal("new", Assert.Single(await trail.LatestAsync(10, Token)).Record.Detail);
    }

    [Fact]
    public async Task A_place_that_becomes_writable_is_used_from_then_on()
    {
        var folder = Path.GetDirectoryName(_store.Path)!;
        await File.WriteAllTextAsync(folder, "in the way", Token);
        var trail = new AuditTrail(_store.Open());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => trail.AppendAsync(StoreFixture.Record(), durable: true, Token));

        File.Delete(folder);

        Assert.Equal(1, (await trail.AppendAsync(StoreFixture.Record(), durable: true, Token)).Sequence);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Folder_and_files_are_readable_by_their_owner_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no permission bits.");

        await new AuditTrail(_store.Open()).AppendAsync(StoreFixture.Record(), durable: true, Token);

        var folder = Path.GetDirectoryName(_store.Path)!;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(3, Directory.GetFiles(folder).Length);
        Assert.All(Directory.GetFiles(folder), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Registering_touches_no_disk_and_serves_every_port()
    {
        using var services = new ServiceCollection()
            .AddStore(new ConfigurationBuilder().AddInMemoryCollection([new("Store:Path", _store.Path), new("Store:BusyTimeout", "00:00:02")]).Build())
            .BuildServiceProvider(validateScopes: true);
        foreach (var port in new[] { typeof(IAuditTrail), typeof(IChangeRequestStore), typeof(IConversationStore), typeof(IResultStore), typeof(IKillSwitch) })
        {
            services.GetRequiredService(port);
        }

        Assert.False(File.Exists(_store.Path));
        Assert.Equal(TimeSpan.FromSeconds(2), services.GetRequiredService<StoreOptions>().BusyTimeout);
        var probe = await services.GetRequiredService<IStoreProbe>().ProbeAsync(Token);
        Assert.True(probe.Ok, probe.Detail);
        Assert.Contains(_store.Path, probe.Detail, StringComparison.Ordinal);
        Assert.Matches(@"SQLite 3\.\d+\.\d+ \((bundled e_sqlite3|libsqlite3\S+|winsqlite3.dll)\)", probe.Detail);
    }

    [Fact]
    public async Task The_probe_says_what_is_wrong()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Uses a place that only Linux has.");

        var probe = await _store.Open("/proc/sre-agent/sre-agent.db").ProbeAsync(Token);

        Assert.False(probe.Ok);
        Assert.Contains("/proc/sre-agent/sre-agent.db", probe.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_are_all_listed_and_nothing_is_stored()
    {
        var options = StoreOptions.From(new ConfigurationBuilder().AddInMemoryCollection(
            [new("Store:Path", _store.Path), new("Store:BusyTimeout", "soon"), new("Store:File", "x"), new("ConnectionStrings:Store", "Host=db;Password=hunter22")]).Build());

        Assert.Equal(3, options.Problems.Count);
        Assert.Contains(options.Problems, problem => problem.StartsWith("ConnectionStrings:Store ", StringComparison.Ordinal));
        Assert.Contains(options.Problems, problem => problem.StartsWith("Store:BusyTimeout ", StringComparison.Ordinal));
        Assert.Contains(options.Problems, problem => problem.StartsWith("Store:File ", StringComparison.Ordinal));
        Assert.DoesNotContain(options.Problems, problem => problem.Contains("hunter22", StringComparison.Ordinal));
        using var database = new SqliteDatabase(options, TimeProvider.System);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => new AuditTrail(database).AppendAsync(StoreFixture.Record(), durable: true, Token));
        Assert.Contains("Store:BusyTimeout", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_store.Path));
    }

    [Fact]
    public async Task The_kill_switch_turned_in_one_process_is_seen_in_another()
    {
        var here = new KillSwitch(_store.Open());
        var there = new KillSwitch(_store.Open());
        Assert.False(await there.IsOnAsync(Token));

        await here.TurnAsync(stopped: true, "os:ada", "smoke", StoreFixture.Noon, Token);
        Assert.True(await there.IsOnAsync(Token));

        await there.TurnAsync(stopped: false, "os:bob", "clear", StoreFixture.Noon, Token);
        Assert.False(await here.IsOnAsync(Token));
    }

    [Fact]
    public async Task Appends_of_reads_cost_little()
    {
        var trail = new AuditTrail(_store.Open());
        await trail.AppendAsync(StoreFixture.Record(), durable: false, Token);
        var times = new List<double>();
        for (var i = 0; i < 500; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await trail.AppendAsync(StoreFixture.Record(), durable: false, Token);
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        TestContext.Current.TestOutputHelper?.WriteLine($"append: median {times[250]:0.000} ms, p95 {times[475]:0.000} ms");
        Assert.InRange(times[250], 0, 2); // The goal is 0.3 ms; the slack is for a machine busy with other tests.
    }
}
