using Microsoft.Extensions.Options;
using SreAgent.Core.Conversations;

namespace SreAgent.Runtime.Conversations;

/// <summary>A message too long for the model's input is kept whole behind a handle; its beginning and end go into the conversation.</summary>
internal sealed class LongMessage(IResultStore results, IOptions<AgentOptions> options, TimeProvider clock)
{
    public async Task<string> FitAsync(string conversationId, string text, CancellationToken cancellationToken)
    {
        // A quarter of the room, at four characters a token.
        var longest = options.Value.ContextTokens;
        if (text.Length <= longest)
        {
            return text;
        }

        var handle = await results.KeepAsync(conversationId, "message", text, clock.GetUtcNow(), cancellationToken);
        var half = longest / 2;
        return $"{text[..half]}\n\n[{text.Length - longest:N0} characters are left out here; the whole message is kept as {handle} and can be paged with host_read_result]\n\n{text[^half..]}";
    }
}
