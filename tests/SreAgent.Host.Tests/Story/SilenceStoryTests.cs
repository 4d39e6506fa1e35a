using System.Text.Json;
using SreAgent.Host.Tests.Terminal;
using SreAgent.Testing.Servers;

[assembly: AssemblyFixture(typeof(RealAlertmanager))]
[assembly: AssemblyFixture(typeof(RealPrometheus))]

namespace SreAgent.Host.Tests.Story;

/// <summary>The one true thread: asked for, held, approved by a person at a terminal, executed once, verified, recorded.</summary>
public sealed class SilenceStoryTests(RealAlertmanager alertmanager) : IDisposable
{
    private readonly Installation _installation = new();

    [Fact]
    public async Task A_silence_is_asked_for_approved_at_a_terminal_executed_once_verified_and_recorded()
    {
        _installation.Silencing((await alertmanager.ServerAsync()).Address);

        var (asked, answer) = await _installation.AskAsync("silence StoryAlert for 1h because the story wants it");
        var change = answer.GetProperty("pendingChanges")[0];
        var id = change.GetProperty("id").GetString()!;
        Assert.Equal(4, asked);
        Assert.Equal("pending", change.GetProperty("state").GetString());

        Assert.Equal(0, await ApproveAsync(id));
        var shown = await ShowAsync(id);
        Assert.Equal("succeeded", shown.GetProperty("state").GetString());
        Assert.Contains("is active until", shown.GetProperty("outcome").GetString(), StringComparison.Ordinal);

        var (again, console) = await _installation.RunAsync(new ScriptedTerminal(), "changes", "approve", id);
        Assert.NotEqual(4, again);
        Assert.DoesNotContain("approve>", console.Said, StringComparison.Ordinal);
        Assert.Equal(1, await SilencesAsync("StoryAlert"));
        Assert.Equal(0, (await _installation.RunAsync(terminal: null, "audit", "verify", "--json")).Status);
    }

    [Fact]
    public async Task What_a_person_called_by_hand_is_executed_once_approved_too()
    {
        _installation.Silencing((await alertmanager.ServerAsync()).Address);

        var (status, console) = await _installation.RunAsync(
            terminal: null, "tools", "call", "alertmanager_create_silence", "--args", """{"matchers":["alertname=HandAlert"],"duration":"1h","comment":"by hand"}""", "--json");
        Assert.Equal(4, status);
        var id = JsonElement.Parse(console.Said).GetProperty("change").GetString()!;

        Assert.Equal(0, await ApproveAsync(id));
        Assert.Equal(1, await SilencesAsync("HandAlert"));
    }

    [Fact]
    public async Task A_denied_silence_leaves_nothing_and_says_why()
    {
        _installation.Silencing((await alertmanager.ServerAsync()).Address);
        var (_, answer) = await _installation.AskAsync("silence DeniedAlert for 1h because of nothing");
        var id = answer.GetProperty("pendingChanges")[0].GetProperty("id").GetString()!;

        Assert.Equal(0, (await _installation.RunAsync(terminal: null, "changes", "deny", id, "--reason", "not tonight")).Status);

        Assert.Contains("not tonight", (await ShowAsync(id)).GetProperty("outcome").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await SilencesAsync("DeniedAlert"));
    }

    public void Dispose() => _installation.Dispose();

    private async Task<int> ApproveAsync(string id)
    {
        var terminal = new ScriptedTerminal { Width = 160 };
        var approving = Task.Run(() => _installation.RunAsync(terminal, "changes", "approve", id));
        await terminal.TypePhraseAsync();
        return (await approving).Status;
    }

    private async Task<JsonElement> ShowAsync(string id) =>
        JsonElement.Parse((await _installation.RunAsync(terminal: null, "changes", "show", id, "--json")).Console.Said);

    private async Task<int> SilencesAsync(string alert)
    {
        using var client = new HttpClient();
        var listed = await client.GetStringAsync(new Uri((await alertmanager.ServerAsync()).Address, "api/v2/silences"));
        return JsonElement.Parse(listed).EnumerateArray().Count(silence =>
            silence.GetProperty("status").GetProperty("state").GetString() == "active" && silence.GetRawText().Contains(alert, StringComparison.Ordinal));
    }
}
