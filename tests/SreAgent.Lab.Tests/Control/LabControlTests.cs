using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SreAgent.Lab.Control;
using SreAgent.Lab.Journal;

namespace SreAgent.Lab.Tests.Control;

public class LabControlTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Status_has_the_fields_others_build_on()
    {
        var status = new LabStatus(
            "bad-deploy", Noon, new Dictionary<string, Uri>(StringComparer.Ordinal) { ["prometheus"] = new("http://127.0.0.1:9090/") },
            [new LabService("checkout", "checkout:v43", Healthy: false, 0.25)], "People complain.", [], Next: null);
        await using var control = await LabControl.StartAsync(_ => Task.FromResult(status), new LabJournal(TimeProvider.System), Token);

        Assert.Equal(
            """{"scenario":"bad-deploy","since":"2026-03-01T12:00:00+00:00","endpoints":{"prometheus":"http://127.0.0.1:9090/"},"services":[{"name":"checkout","image":"checkout:v43","healthy":false,"badShare":0.25}],"story":"People complain.","happened":[]}""",
            await GetAsync(control.Address, "status"));
    }

    [Fact]
    public async Task The_journal_is_told_oldest_first_and_names_the_change_where_there_is_one()
    {
        var journal = new LabJournal(TimeProvider.System);
        journal.Add(new LabJournalEntry(Noon, "lab", "DEPLOY", "/apps/checkout", "ci deploys checkout v43", ChangeId: null));
        var request = new DefaultHttpContext().Request;
        (request.Method, request.Path) = ("POST", "/v1/apps/checkout/machines/1");
        request.Headers["X-SreAgent-Change"] = "chg-7k2m9qx4ht";
        journal.Add("fly", request, "image v42");
        await using var control = await LabControl.StartAsync(_ => throw new InvalidOperationException(), journal, Token);

        var entries = JsonElement.Parse(await GetAsync(control.Address, "journal"));

        Assert.Equal(["at", "system", "method", "path", "summary"], entries[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal("chg-7k2m9qx4ht", entries[1].GetProperty("changeId").GetString());
        using var client = new LabControlClient(control.Address);
        Assert.Equal(journal.Entries, await client.JournalAsync(Token));
    }

    [Fact]
    public async Task Whatever_is_not_a_practice_world_is_a_system_that_cannot_be_reached()
    {
        using var client = new LabControlClient(new Uri("http://127.0.0.1:9/"));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.StatusAsync(Token));
    }

    private static async Task<string> GetAsync(Uri address, string path)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(address, path), Token);
    }
}
