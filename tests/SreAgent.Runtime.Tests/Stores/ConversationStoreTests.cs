using SreAgent.Core.Conversations;
using SreAgent.Runtime.Stores;

namespace SreAgent.Runtime.Tests.Stores;

public sealed class ConversationStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = StoreFixture.Noon;

    private readonly StoreFixture _store = new();
    private readonly ConversationStore _conversations;

    public ConversationStoreTests() => _conversations = new ConversationStore(_store.Open());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task A_conversation_reads_back_and_saving_again_changes_all_but_its_start()
    {
        var conversation = Talk("c-1");
        await _conversations.SaveAsync(conversation, Token);
        Assert.Equal(conversation, await _conversations.FindAsync("c-1", Token));

        await _conversations.SaveAsync(conversation with { Persona = "sre", Title = "Later", StartedAt = Noon.AddDays(1), UpdatedAt = Noon.AddHours(1) }, Token);

        Assert.Equal(conversation with { Persona = "sre", Title = "Later", UpdatedAt = Noon.AddHours(1) }, await _conversations.FindAsync("c-1", Token));
        Assert.Null(await _conversations.FindAsync("c-2", Token));
    }

    [Fact]
    public async Task Messages_come_back_in_order_to_another_process()
    {
        await _conversations.SaveAsync(Talk("c-1"), Token);
        var said = Enumerable.Range(1, 30).Select(Message).ToArray();
        await _conversations.AppendAsync("c-1", said[..10], Token);
        await _conversations.AppendAsync("c-1", said[10..], Token);

        Assert.Equal(said, await new ConversationStore(_store.Open()).MessagesAsync("c-1", Token));
    }

    [Fact]
    public async Task An_append_that_does_not_fit_writes_none_of_its_messages()
    {
        await _conversations.SaveAsync(Talk("c-1"), Token);
        await _conversations.AppendAsync("c-1", [Message(1), Message(2)], Token);

        var elsewhere = await Assert.ThrowsAsync<InvalidOperationException>(() => _conversations.AppendAsync("c-1", [Message(2)], Token));
        Assert.Contains("gone on elsewhere", elsewhere.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _conversations.AppendAsync("c-1", [Message(3), Message(5)], Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _conversations.AppendAsync("c-9", [Message(1)], Token));

        Assert.Equal(2, (await _conversations.MessagesAsync("c-1", Token)).Count);
    }

    [Fact]
    public async Task Two_processes_appending_the_same_message_keep_one()
    {
        await _conversations.SaveAsync(Talk("c-1"), Token);
        var other = new ConversationStore(_store.Open());

        var results = await Task.WhenAll(new[] { _conversations, other }.Select(store => Task.Run(async () =>
            await Record.ExceptionAsync(() => store.AppendAsync("c-1", [Message(1)], Token)))));

        Assert.Single(results, exception => exception is null);
        Assert.Single(await _conversations.MessagesAsync("c-1", Token));
    }

    [Fact]
    public async Task The_list_begins_with_the_one_last_spoken_in()
    {
        await _conversations.SaveAsync(Talk("c-1"), Token);
        await _conversations.SaveAsync(Talk("c-2") with { UpdatedAt = Noon.AddMinutes(1) }, Token);
        await _conversations.SaveAsync(Talk("c-3") with { Owner = "os:bob" }, Token);
        await _conversations.AppendAsync("c-1", [Message(1) with { At = Noon.AddMinutes(2) }], Token);

        Assert.Equal(["c-1", "c-2", "c-3"], (await _conversations.ListAsync(owner: null, 10, Token)).Select(conversation => conversation.Id));
        Assert.Equal(["c-1"], (await _conversations.ListAsync("os:ada", 1, Token)).Select(conversation => conversation.Id));
    }

    [Fact]
    public async Task A_large_result_is_kept_whole_and_found_by_its_handle()
    {
        var results = new ResultStore(_store.Open());
        var text = string.Concat(Enumerable.Repeat("checkout 0.25 😀\n", 100_000));

        var handle = await results.KeepAsync("c-1", "prometheus_query_range", text, Noon, Token);

        Assert.Matches("^res-[0-9a-z]{6}$", handle);
        Assert.Equal(new KeptResult(handle, "c-1", "prometheus_query_range", text, Noon), await results.FindAsync(handle, Token));
        Assert.Null(await results.FindAsync("res-000000", Token));
    }

    [Fact]
    public async Task Kept_results_are_listed_newest_first_without_their_text()
    {
        var results = new ResultStore(_store.Open());
        var older = await results.KeepAsync("c-1", "a", "text", Noon, Token);
        var newer = await results.KeepAsync(conversationId: null, "b", "text", Noon.AddSeconds(1), Token);

        var all = await results.ListAsync(conversationId: null, 10, Token);
        Assert.Equal([newer, older], all.Select(result => result.Handle));
        Assert.All(all, result => Assert.Empty(result.Text));
        Assert.Equal([older], (await results.ListAsync("c-1", 10, Token)).Select(result => result.Handle));
    }

    private static Conversation Talk(string id) => new(id, "operator", "os:ada", "What is firing?", Noon, Noon);

    private static StoredMessage Message(int sequence) => new(sequence, sequence % 2 == 1 ? "user" : "assistant", $"{{\"text\":\"{sequence}\"}}", Noon);
}
