using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SreAgent.Runtime.Chat;

/// <summary>
/// Around a provider's client: every fault becomes a <see cref="ModelException"/>, silence ends, and an answer that stops without saying
/// that it is finished counts as broken off.
/// </summary>
internal sealed class ProviderChatClient(IChatClient inner, ProviderFaults faults, TimeSpan patience, TimeProvider clock) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(silence.Token, cancellationToken);
        var finished = false;
        await using var updates = base.GetStreamingResponseAsync(messages, options, either.Token).GetAsyncEnumerator(either.Token);
        while (await NextAsync(updates, silence, cancellationToken))
        {
            silence.CancelAfter(patience);
            finished |= updates.Current.FinishReason is not null;
            yield return updates.Current;
        }

        if (!finished)
        {
            throw faults.BrokenOff();
        }
    }

    private async Task<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, CancellationTokenSource silence, CancellationToken cancellationToken)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception) when (silence.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw faults.Silent(patience);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw faults.Translate(exception);
        }
    }
}
