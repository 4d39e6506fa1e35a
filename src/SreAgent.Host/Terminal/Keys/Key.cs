namespace SreAgent.Host.Terminal.Keys;

/// <summary>What a key press means to a line editor.</summary>
public enum KeyKind
{
    /// <summary>Printable text, as typed.</summary>
    Text = 0,

    /// <summary>Text that arrived as one bracketed paste; lines end in a line feed.</summary>
    Paste,
    Enter,

    /// <summary>A line break inside the text: Alt+Enter.</summary>
    LineBreak,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Up,
    Down,
    Escape,

    /// <summary>Ctrl with a letter; the letter, in lower case, is the text.</summary>
    Control,

    /// <summary>The window has another size.</summary>
    Resize,

    /// <summary>The terminal went away.</summary>
    HangUp,
}

/// <summary>One key press, paste or event of the terminal.</summary>
public readonly record struct Key(KeyKind Kind, string Text = "")
{
    public static Key Of(string text) => new(KeyKind.Text, text);

    public static Key Ctrl(char letter) => new(KeyKind.Control, letter.ToString());

    public bool IsCtrl(char letter) => Kind == KeyKind.Control && Text.Length == 1 && Text[0] == letter;
}
