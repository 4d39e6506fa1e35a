using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Runtime.Stores;
using SreAgent.Runtime.Stores.Sqlite;

namespace SreAgent.Runtime.Tests.Stores;

/// <summary>A real database file in a folder of its own, and as many independent openings of it as a test wants.</summary>
public sealed class StoreFixture : IDisposable
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>One process's lease, half a minute long.</summary>
    public static readonly ChangeLease Lease = new("host/1/one", Noon.AddSeconds(30));

    private readonly string _folder = Directory.CreateTempSubdirectory("sre-agent-store-").FullName;
    private readonly List<SqliteDatabase> _databases = [];

    public string Path => System.IO.Path.Combine(_folder, "state", "sre-agent.db");

    internal SqliteDatabase Open(TimeSpan? busyTimeout = null) => Open(Path, busyTimeout);

    internal SqliteDatabase Open(string path, TimeSpan? busyTimeout = null)
    {
        var database = new SqliteDatabase(new StoreOptions { Path = path, BusyTimeout = busyTimeout ?? TimeSpan.FromSeconds(30) }, TimeProvider.System);
        _databases.Add(database);
        return database;
    }

    /// <summary>A connection behind the store's back, as somebody with a database shell has it.</summary>
    public SqliteConnection Raw()
    {
        SqliteLibrary.Choose();
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        return connection;
    }

    public void Tamper(string sql)
    {
        using var connection = Raw();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _databases.ForEach(database => database.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    public static AuditRecord Record(string detail = "{}", AuditKind kind = AuditKind.Intent) =>
        new(Noon, kind, "os:ada", "operator", "production", "fly_deploy", "call-1", detail);

    public static ChangeRequest Request(string digest = "d1", TimeSpan? lifetime = null) => new()
    {
        Id = ChangeRequestId.New(),
        State = ChangeRequestState.Pending,
        Tool = "fly_deploy",
        Arguments = JsonElement.Parse("""{"app":"checkout","image":"registry/checkout@sha256:ab","count":3}"""),
        Scope = new CallScope("production", "operator", "os:ada"),
        RequestedVia = Surface.Slack,
        Digest = new ChangeDigest(digest),
        Plan = new ChangePlan("Deploys checkout.", "checkout", "v1", "v2", "Everybody who pays.", "Roll back to v1.", "v1:ab")
        {
            Preflight = [new PreflightCheck("tests green", Passed: true, "run 42")],
        },
        PolicyVersion = "p1",
        Rules = ["changes-need-approval"],
        CreatedAt = Noon,
        ExpiresAt = Noon + (lifetime ?? TimeSpan.FromMinutes(30)),
        ConversationId = "c-1",
        CallId = "call-1",
    };

    public static Approval ApprovalAt(DateTimeOffset at) => new("slack:U02", Surface.Slack, at, SelfApproved: false, Override: true);

    /// <summary>Runs one of <see cref="ChildProcess"/>'s programs in a process of its own.</summary>
    public static Process Spawn(string program, string path)
    {
        var start = new ProcessStartInfo(System.IO.Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "SreAgent.Runtime.Tests.exe" : "SreAgent.Runtime.Tests"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { "-method", $"{typeof(ChildProcess).FullName}.{program}", "-explicit", "only" },
        };
        start.Environment[ChildProcess.PathVariable] = path;
        return Process.Start(start)!;
    }
}
