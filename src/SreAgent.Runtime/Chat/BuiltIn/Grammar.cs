using SreAgent.Core.Skills;
using SreAgent.Runtime.Tools;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>All families, in the order they are asked. A new verb is a new family in this list.</summary>
internal sealed class Grammar(IReadOnlyList<IRequestFamily> families)
{
    public IReadOnlyList<IRequestFamily> Families { get; } = families;

    public static Grammar WithAll(ISkillCatalogue skills)
    {
        List<IRequestFamily> families =
        [
            new AlertFamily(), new SignalFamily(), new QueryFamily(), new TargetFamily(), new SilenceFamily(), new RolloutFamily(),
            new FleetFamily(), new CauseFamily(), new HistoryFamily(), new BudgetFamily(), new WorktreeFamily(), new ReadinessFamily(), new ChangeFamily(), new PagingFamily(),
            new PersonaFamily(), new SkillFamily(skills),
        ];
        families.Insert(0, new HelpFamily(families));
        return new Grammar(families);
    }

    /// <param name="previous">Where "more" goes on.</param>
    public Request Recognise(string text, (string Handle, int Offset)? previous = null)
    {
        var tidy = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var request = Families.Select(family => family.Recognise(tidy)).FirstOrDefault(request => request is not null);
        return request is MoreRequest ? new MoreRequest(previous) : request ?? new UnknownRequest(Nearest(tidy));
    }

    /// <summary>The known requests that look most like what was said.</summary>
    private string[] Nearest(string text)
    {
        var said = Words(text).ToHashSet(StringComparer.Ordinal);
        var examples = Families.SelectMany(family => family.Examples).Select(example => example.Text).ToArray();
        var rarity = examples.SelectMany(example => Words(example).Distinct(StringComparer.Ordinal)).CountBy(word => word, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        return
        [
            .. examples.OrderByDescending(example => Words(example).Where(said.Contains).Sum(word => 1.0 / rarity[word]))
                .ThenBy(example => EditDistance.Between(example, text)).Take(3),
        ];
    }

    private static string[] Words(string text) => text.ToLowerInvariant().Split([' ', '?', '.', ','], StringSplitOptions.RemoveEmptyEntries);
}
