namespace SreAgent.Core.Readiness;

/// <summary>An answer of a word or two, which says something only together with its question.</summary>
internal enum ShortAnswer
{
    /// <summary>It is longer than that.</summary>
    None = 0,

    Yes,

    No,

    /// <summary>None, nothing.</summary>
    Nothing,

    /// <summary>"N/A" and no reason.</summary>
    NotApplicable,
}

internal static class ShortAnswers
{
    private static readonly Dictionary<string, ShortAnswer> Known = new(StringComparer.Ordinal)
    {
        ["yes"] = ShortAnswer.Yes,
        ["y"] = ShortAnswer.Yes,
        ["yep"] = ShortAnswer.Yes,
        ["true"] = ShortAnswer.Yes,
        ["no"] = ShortAnswer.No,
        ["nope"] = ShortAnswer.No,
        ["not really"] = ShortAnswer.No,
        ["false"] = ShortAnswer.No,
        ["none"] = ShortAnswer.Nothing,
        ["nothing"] = ShortAnswer.Nothing,
        ["none known"] = ShortAnswer.Nothing,
        ["none so far"] = ShortAnswer.Nothing,
        ["n/a"] = ShortAnswer.NotApplicable,
        ["na"] = ShortAnswer.NotApplicable,
        ["n.a"] = ShortAnswer.NotApplicable,
        ["not applicable"] = ShortAnswer.NotApplicable,
        ["does not apply"] = ShortAnswer.NotApplicable,
    };

    public static ShortAnswer Of(string text)
    {
        var plain = text.AsSpan().Trim(" \t.!,;:-–—*_`'\"()");
        if (plain.Length is 0 or > 16)
        {
            return ShortAnswer.None;
        }

        return Known.GetValueOrDefault(plain.ToString().ToLowerInvariant());
    }

    /// <summary>As rules name it: <c>yes</c>, <c>no</c>, <c>none</c>.</summary>
    public static ShortAnswer? Named(string name) => name switch
    {
        "yes" => ShortAnswer.Yes,
        "no" => ShortAnswer.No,
        "none" => ShortAnswer.Nothing,
        _ => null,
    };
}
