using System.Text;
using System.Text.RegularExpressions;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class HelpFamily(IReadOnlyList<IRequestFamily> others) : IRequestFamily
{
    public const string WhatIAm =
        "I am the built-in responder, not a language model: I understand a fixed set of requests (say `help`) and answer from the tools alone. "
        + "Configure a model with Models:Provider, or ANTHROPIC_API_KEY or OPENAI_API_KEY, to talk freely.";

    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("what can you do", "this list"),
        new("help", "the same"),
        new("who are you", "what answers here"),
    ];

    public Request? Recognise(string text) => Asked().IsMatch(text) ? new HelpRequest([.. others.SelectMany(family => family.Examples)]) : null;

    [GeneratedRegex(@"^(help|\?|hi|hello|hey|(so )?what (can|do) you (do|know|understand)|who are you|what are you|how does this work)( there)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal sealed record HelpRequest(IReadOnlyList<RequestExample> Examples) : Request
{
    public override Reply Next(Exchange exchange) =>
        new Reply.Say(Examples.Aggregate(new StringBuilder($"{HelpFamily.WhatIAm}\n\nYou can say, for example:\n"), (text, example) => text.Append($"\n- `{example.Text}`: {example.Meaning}"))
            .Append("\n\nWhatever changes something waits for a human's approval first, exactly as with a model.").ToString());
}

/// <summary>Nothing the grammar knows.</summary>
internal sealed record UnknownRequest(IReadOnlyList<string> Nearest) : Request
{
    public override Reply Next(Exchange exchange) =>
        new Reply.Say($"I do not understand that. {HelpFamily.WhatIAm}\n\nClosest to it:{string.Concat(Nearest.Select(example => $"\n- `{example}`"))}");
}
