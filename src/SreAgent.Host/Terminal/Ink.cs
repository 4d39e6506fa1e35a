namespace SreAgent.Host.Terminal;

/// <summary>How a stretch of text looks. Without colour, text says the same without any of it.</summary>
[Flags]
internal enum Look
{
    Plain = 0,
    Bold = 1,
    Dim = 1 << 1,
    Italic = 1 << 2,
    Underline = 1 << 3,
    Struck = 1 << 4,
    Red = 1 << 5,
    Green = 1 << 6,
    Yellow = 1 << 7,
    Blue = 1 << 8,
    Magenta = 1 << 9,
    Cyan = 1 << 10,
}

/// <summary>Puts looks on text that is already safe; writes none when there is no colour.</summary>
internal sealed class Ink(bool colour)
{
    private static readonly (Look Look, string Code)[] Codes =
    [
        (Look.Bold, "1"), (Look.Dim, "2"), (Look.Italic, "3"), (Look.Underline, "4"), (Look.Struck, "9"), (Look.Red, "31"),
        (Look.Green, "32"), (Look.Yellow, "33"), (Look.Blue, "34"), (Look.Magenta, "35"), (Look.Cyan, "36"),
    ];

    public bool Colour { get; } = colour;

    public string On(string text, Look look) =>
        !Colour || look == Look.Plain || text.Length == 0
            ? text
            : $"\u001b[{string.Join(';', Codes.Where(code => look.HasFlag(code.Look)).Select(code => code.Code))}m{text}\u001b[0m";

    public string Dim(string text) => On(text, Look.Dim);

    public string Bold(string text) => On(text, Look.Bold);
}
