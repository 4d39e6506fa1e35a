using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Rules;

/// <summary>Reads the rules of one question out of its file. Goes on after a mistake, so that all are told at once.</summary>
internal static class QuestionRulesReader
{
    private static readonly string[] BareAnswers = ["yes", "no", "none"];

    public static QuestionRules Read(IReadOnlyDictionary<string, RuleNode> root, RuleFile file)
    {
        var parts = root.TryGetValue("sub-questions", out var listed) ? listed.Items().Select(part => Part(part, file)).ToArray() : [];
        if (parts.Length == 0)
        {
            file.Wrong(1, "'sub-questions' is missing or empty: a question without parts cannot be answered");
        }

        foreach (var twice in parts.GroupBy(part => part.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            file.Wrong(1, $"two sub-questions are called '{twice.Key}'");
        }

        return new QuestionRules(root["id"].Text())
        {
            Parts = parts,
            Answered = Answered(root, parts, file),
            WithinOthers = root.TryGetValue("within-others", out var within) ? file.Phrases(within) : [],
            ForOthers = root.TryGetValue("for-others", out var work) ? file.Phrases(work) : [],
        };
    }

    private static IReadOnlyList<IReadOnlyList<string>> Answered(IReadOnlyDictionary<string, RuleNode> root, SubQuestionRules[] parts, RuleFile file)
    {
        if (!root.TryGetValue("answered", out var node))
        {
            file.Wrong(1, "'answered' is missing: list the sub-questions that have to be answered");
            return [];
        }

        var groups = new List<IReadOnlyList<string>>();
        foreach (var item in node.Items())
        {
            var ids = item.Text().Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var id in ids.Where(id => !parts.Any(part => string.Equals(part.Id, id, StringComparison.Ordinal))))
            {
                item.Wrong($"there is no sub-question '{id}'");
            }

            groups.Add(ids);
        }

        return groups;
    }

    private static SubQuestionRules Part(RuleNode node, RuleFile file)
    {
        var map = node.Map("id", "asks", "write", "places", "product", "not-in", "kinds", "prose");
        return new SubQuestionRules(Required(map, "id", node), Required(map, "asks", node), Required(map, "write", node))
        {
            Places = map.TryGetValue("places", out var places) ? places.Texts() : [],
            Product = map.TryGetValue("product", out var product) ? file.Phrases(product) : [],
            NotIn = map.TryGetValue("not-in", out var notIn) ? file.Phrases(notIn) : [],
            Kinds = map.TryGetValue("kinds", out var kinds) ? [.. kinds.Items().Select(Kind).OfType<KindRule>()] : [],
            Prose = map.TryGetValue("prose", out var prose) ? [.. prose.Items().Select(rule => Prose(rule, file))] : [],
        };
    }

    private static KindRule? Kind(RuleNode node)
    {
        var map = node.IsMap ? node.Map("kind", "where", "last") : null;
        var name = map is null ? node.Text() : Required(map, "kind", node);
        if (StatementKinds.Named(name) is not { } kind)
        {
            node.Wrong($"'{name}' is no kind of statement; there are {string.Join(", ", StatementKinds.All)}");
            return null;
        }

        var where = map is not null && map.TryGetValue("where", out var fields)
            ? fields.Map().ToDictionary(field => field.Key, field => field.Value.Texts(), StringComparer.Ordinal)
            : [];
        return new KindRule(kind, where) { Last = map is not null && map.TryGetValue("last", out var last) && last.Flag() };
    }

    private static ProseRule Prose(RuleNode node, RuleFile file)
    {
        var map = node.Map("under", "not-under", "says", "unless", "yes-no", "bare", "anywhere", "asked", "code", "in");
        var rule = new ProseRule
        {
            Under = Phrases("under"),
            NotUnder = Phrases("not-under"),
            Says = map.TryGetValue("says", out var says) ? [.. says.Items().Select(file.Phrases)] : [],
            Unless = Phrases("unless"),
            In = Phrases("in"),
            YesNo = map.TryGetValue("yes-no", out var yesNo) && yesNo.Flag(),
            Bare = map.TryGetValue("bare", out var bare) ? bare.Texts() : [],
            Anywhere = map.TryGetValue("anywhere", out var anywhere) && anywhere.Flag(),
            Asked = map.TryGetValue("asked", out var asked) && asked.Flag(),
            Code = map.TryGetValue("code", out var code) && code.Flag(),
        };
        if (rule.Under.Count == 0 && rule.Says.Count == 0)
        {
            node.Wrong("a rule needs 'under' or 'says': as it is, it accepts every sentence");
        }

        foreach (var word in rule.Bare.Where(word => !BareAnswers.Contains(word)))
        {
            node.Wrong($"'{word}' is no short answer; there are {string.Join(", ", BareAnswers)} (put them in quotes)");
        }

        return rule;

        IReadOnlyList<string> Phrases(string key) => map.TryGetValue(key, out var phrases) ? file.Phrases(phrases) : [];
    }

    private static string Required(Dictionary<string, RuleNode> map, string key, RuleNode node)
    {
        if (map.TryGetValue(key, out var value) && value.Text() is { Length: > 0 } text)
        {
            return text;
        }

        node.Wrong($"'{key}' is missing");
        return "";
    }
}
