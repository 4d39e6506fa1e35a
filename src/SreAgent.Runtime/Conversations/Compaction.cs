using System.Globalization;
using System.Text;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Decides what is no longer sent once history outgrows its room: the oldest results become stubs first, then the oldest requests and
/// replies are dropped and listed. Deterministic, asks no model, keeps the latest request and the latest reply with its results, and
/// frees enough at once that the beginning of the history stays the same for many requests.
/// </summary>
internal static class Compaction
{
    private const double Target = 0.6;
    private const int SmallestStubbed = 600;
    private const int LongestLine = 200;
    private const int LongestSummary = 6_000;

    /// <summary>What to leave out; null when everything fits or nothing more can be left out.</summary>
    /// <param name="room">Tokens history may take.</param>
    /// <param name="handleFor">
    /// Where a result can be read again once it is stubbed; asked for each stubbed call once, also in later compactions of the same entries.
    /// </param>
    public static async Task<ConversationEntry.Compacted?> DecideAsync(
        IReadOnlyList<NumberedEntry> entries, string model, int room, Func<ConversationEntry.Answered, Task<string>> handleFor)
    {
        var before = Projection.LatestCompaction(entries);
        if (Size(entries, before, model) <= room)
        {
            return null;
        }

        var plan = new Plan(entries, model, before ?? new ConversationEntry.Compacted(0, "", new Dictionary<string, string>(StringComparer.Ordinal)));
        var latest = entries.LastOrDefault(entry => entry.Entry is ConversationEntry.Replied)?.Sequence ?? 0;
        var target = (int)(room * Target);
        await plan.StubAsync(reply => reply.Sequence != latest, target, handleFor);
        plan.Drop(latest, target);
        if (plan.Size > room)
        {
            // Even the latest results do not fit: better a stub the model can page through than a request that is refused.
            await plan.StubAsync(reply => reply.Sequence == latest, room, handleFor);
        }

        return plan.Now == plan.Start ? null : plan.Now;
    }

    public static int Size(IReadOnlyList<NumberedEntry> entries, string model) => Size(entries, Projection.LatestCompaction(entries), model);

    private static int Size(IReadOnlyList<NumberedEntry> entries, ConversationEntry.Compacted? compaction, string model) =>
        Projection.Of(With(entries, compaction), model).Sum(TokenEstimate.Of);

    private static NumberedEntry[] With(IReadOnlyList<NumberedEntry> entries, ConversationEntry.Compacted? compaction) =>
        compaction is null ? [.. entries] : [.. entries, new NumberedEntry(long.MaxValue, compaction)];

    private sealed class Plan(IReadOnlyList<NumberedEntry> entries, string model, ConversationEntry.Compacted start)
    {
        private readonly Dictionary<string, ConversationEntry.Answered> _answers = Projection.Answers(entries);

        public ConversationEntry.Compacted Start { get; } = start;

        public ConversationEntry.Compacted Now { get; private set; } = start;

        public int Size { get; private set; } = Compaction.Size(entries, start, model);

        public async Task StubAsync(Func<NumberedEntry, bool> among, int target, Func<ConversationEntry.Answered, Task<string>> handleFor)
        {
            var stubs = new Dictionary<string, string>(Now.Stubs, StringComparer.Ordinal);
            foreach (var answered in Sent(among).TakeWhile(_ => Size > target))
            {
                if (answered.Text.Length < SmallestStubbed || stubs.ContainsKey(answered.CallId))
                {
                    continue;
                }

                var handle = await handleFor(answered);
                stubs[answered.CallId] = handle;
                Size -= TokenEstimate.Of(Projection.ResultText(answered, handle: null)) - TokenEstimate.Of(Projection.ResultText(answered, handle));
            }

            if (stubs.Count > Now.Stubs.Count)
            {
                Now = Now with { Stubs = stubs };
            }
        }

        public void Drop(long latestReply, int target)
        {
            var request = Projection.LatestRequest(entries);
            List<string> lines = [];
            var through = Now.DroppedThrough;
            foreach (var numbered in entries.Where(entry => entry.Sequence > through && entry.Sequence < latestReply))
            {
                if (Size + (lines.Sum(line => line.Length) / 4) <= target)
                {
                    break;
                }

                through = numbered.Sequence;
                if (numbered.Sequence == request)
                {
                    continue;
                }

                Size -= Projection.Of([.. Alone(numbered)], model).Sum(TokenEstimate.Of);
                lines.AddRange(Lines(numbered.Entry));
            }

            if (through > Now.DroppedThrough)
            {
                Now = Now with { DroppedThrough = through, Summary = Summary(Now.Summary, lines) };
                Size = Compaction.Size(entries, Now, model);
            }
        }

        private IEnumerable<ConversationEntry.Answered> Sent(Func<NumberedEntry, bool> among) =>
            entries.Where(entry => entry.Sequence > Now.DroppedThrough && entry.Entry is ConversationEntry.Replied && among(entry))
                .SelectMany(entry => ((ConversationEntry.Replied)entry.Entry).Calls)
                .Select(call => _answers.GetValueOrDefault(call.Id)).OfType<ConversationEntry.Answered>();

        private IEnumerable<NumberedEntry> Alone(NumberedEntry numbered)
        {
            yield return numbered;
            if (numbered.Entry is ConversationEntry.Replied replied)
            {
                foreach (var answered in replied.Calls.Select(call => _answers.GetValueOrDefault(call.Id)).OfType<ConversationEntry.Answered>())
                {
                    yield return new NumberedEntry(numbered.Sequence, answered);
                }
            }

            yield return new NumberedEntry(long.MaxValue, Now with { DroppedThrough = 0, Summary = "" });
        }

        private IEnumerable<string> Lines(ConversationEntry entry)
        {
            switch (entry)
            {
                case ConversationEntry.Said said:
                    yield return $"- The person asked: {Short(said.Text)}";
                    break;
                case ConversationEntry.Noted noted:
                    yield return $"- The host told: {Short(noted.Text)}";
                    break;
                case ConversationEntry.Replied replied:
                    foreach (var call in replied.Calls)
                    {
                        var answered = _answers.GetValueOrDefault(call.Id);
                        var where = Now.Stubs.GetValueOrDefault(call.Id) is { } handle ? $", kept as {handle}" : "";
                        yield return $"- You called {call.Tool} {Short(call.Arguments.GetRawText())}: {answered?.Status ?? CallStatus.Interrupted}{where}";
                    }

                    if (replied.Text is { Length: > 0 } text)
                    {
                        yield return $"- You answered: {Short(text)}";
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private static string Summary(string before, List<string> lines)
    {
        const string Heading = "Earlier parts of this conversation were left out to save room. In short:";
        var all = before.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Concat(lines).ToList();
        var omitted = 0;
        while (all.Count > 1 && all.Sum(line => line.Length + 1) > LongestSummary)
        {
            all.RemoveAt(0);
            omitted++;
        }

        var summary = new StringBuilder(Heading);
        if (omitted > 0 || before.Contains("even earlier", StringComparison.Ordinal))
        {
            summary.Append(CultureInfo.InvariantCulture, $"\n(what lies even earlier is no longer listed)");
        }

        return all.Aggregate(summary, (text, line) => text.Append('\n').Append(line)).ToString();
    }

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestLine ? line : line[..LongestLine] + "…";
    }
}
