using Microsoft.Extensions.AI;

namespace SreAgent.Runtime.Tests.Conversations;

/// <summary>What every provider demands of a history.</summary>
internal static class History
{
    /// <summary>Each reply with calls is followed at once by one message with exactly one result per call; nothing else holds a result.</summary>
    public static void AssertWhole(IReadOnlyList<ChatMessage> messages)
    {
        var everUsed = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            var calls = messages[i].Contents.OfType<FunctionCallContent>().Select(call => call.CallId).ToArray();
            var results = messages[i].Contents.OfType<FunctionResultContent>().Select(result => result.CallId).ToArray();
            Assert.NotEmpty(messages[i].Contents);
            Assert.All(calls, id => Assert.True(everUsed.Add(id), $"Call id {id} is used twice."));
            if (calls.Length > 0)
            {
                Assert.Equal(ChatRole.Assistant, messages[i].Role);
                Assert.True(i + 1 < messages.Count, "The last message holds calls without results.");
                Assert.Equal(calls, messages[i + 1].Contents.OfType<FunctionResultContent>().Select(result => result.CallId));
            }

            if (results.Length > 0)
            {
                Assert.Equal(ChatRole.Tool, messages[i].Role);
                Assert.Equal(results, messages[i - 1].Contents.OfType<FunctionCallContent>().Select(call => call.CallId));
            }
        }
    }
}
