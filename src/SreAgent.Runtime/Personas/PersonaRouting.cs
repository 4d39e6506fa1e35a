using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Personas;

/// <summary>When a persona is the right one, when another is, and whom it hands over to.</summary>
internal sealed record PersonaRouting(IReadOnlyList<string> WhenToUse, IReadOnlyList<string> WhenNotToUse, IReadOnlyList<Handover> Handovers)
{
    private static readonly string[] HandVerbs = ["hand off to ", "hand over to ", "hand to ", "escalate to ", "delegate to "];
    private static readonly string[] DescriptionLeads =
    [
        "use this agent proactively when ", "use this agent when ", "use this agent for ", "use this agent to ", "use proactively for ", "use proactively when ",
        "use proactively to ", "use when ", "use for ", "invoke when ", "must be used when ", "must be used for ",
    ];

    public static PersonaRouting Read(MarkdownOutline outline, string description)
    {
        var use = new List<string>();
        var avoid = new List<string>();
        var handovers = new List<Handover>();
        foreach (var item in outline.ItemsOf(PersonaSection.WhenToUse))
        {
            Sort(MarkdownText.Unmarked(item.Text), use, avoid);
        }

        foreach (var item in outline.ItemsOf(PersonaSection.WhenNotToUse))
        {
            avoid.Add(WithoutLead(MarkdownText.Unmarked(item.Text), "avoid when", "do not use when", "don't use when"));
        }

        if (use.Count == 0)
        {
            use.AddRange(FromDescription(description));
        }

        foreach (var text in avoid)
        {
            handovers.AddRange(InParentheses(text));
        }

        handovers.AddRange(outline.ItemsOf(PersonaSection.Handovers).Select(HandTo).OfType<Handover>());
        return new PersonaRouting(use, avoid, [.. handovers.Distinct()]);
    }

    private static void Sort(string text, List<string> use, List<string> avoid)
    {
        if (StartsWith(text, "avoid when") || StartsWith(text, "not when") || StartsWith(text, "do not use"))
        {
            avoid.Add(WithoutLead(text, "avoid when", "not when", "do not use when", "do not use"));
        }
        else if (!StartsWith(text, "primary task"))
        {
            use.Add(WithoutLead(text, "use when"));
        }
    }

    /// <summary><c>Active incident response (use devops-incident-responder)</c>.</summary>
    private static IEnumerable<Handover> InParentheses(string text)
    {
        var open = text.LastIndexOf("(use ", StringComparison.OrdinalIgnoreCase);
        var close = open < 0 ? -1 : text.IndexOf(')', open);
        if (close < 0)
        {
            return [];
        }

        var whatFor = text[..open].Trim().TrimEnd('.', ':', ',');
        return text[(open + "(use ".Length)..close].Split([" or ", ", ", " and "], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(to => WithoutLead(to, "the ").TrimEnd('.'))
            .Where(to => to.All(c => char.IsLetterOrDigit(c) || c is '-' or '_')) // "(use direct API calls)" names nobody
            .Select(to => new Handover(to, whatFor));
    }

    /// <summary><c>**Hand to platform-engineer**: For self-service tools</c>. What comes from others ("Receive from") is no handing over.</summary>
    private static Handover? HandTo(MarkdownItem item)
    {
        var (label, rest) = item.Labelled();
        if (label is null || HandVerbs.FirstOrDefault(verb => StartsWith(label, verb)) is not { } verb)
        {
            return null;
        }

        return new Handover(label[verb.Length..].Trim(), WithoutLead(rest, "for "));
    }

    private static IEnumerable<string> FromDescription(string description)
    {
        foreach (var sentence in description.Split(". ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (DescriptionLeads.FirstOrDefault(lead => StartsWith(sentence, lead)) is { } lead)
            {
                yield return sentence[lead.Length..].Trim().TrimEnd('.');
            }
        }
    }

    private static string WithoutLead(string text, params ReadOnlySpan<string> leads)
    {
        foreach (var lead in leads)
        {
            if (StartsWith(text, lead))
            {
                return text[lead.Length..].TrimStart(':', ' ');
            }
        }

        return text;
    }

    private static bool StartsWith(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
