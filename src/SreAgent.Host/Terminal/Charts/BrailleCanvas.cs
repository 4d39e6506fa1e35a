namespace SreAgent.Host.Terminal.Charts;

/// <summary>Dots, two by four to a character, in the Braille patterns block (U+2800). Remembers which line drew a character last.</summary>
internal sealed class BrailleCanvas(int columns, int rows)
{
    // Bit of the dot at (x, y) within a character, as Unicode numbers them.
    private static readonly byte[,] Bits = { { 0x01, 0x02, 0x04, 0x40 }, { 0x08, 0x10, 0x20, 0x80 } };

    private readonly byte[,] _cells = new byte[rows, columns];
    private readonly int[,] _owner = new int[rows, columns];

    public int DotsWide => columns * 2;

    public int DotsHigh => rows * 4;

    /// <param name="x">From the left.</param>
    /// <param name="y">From the top.</param>
    /// <param name="line">Whose dot it is.</param>
    public void Set(int x, int y, int line)
    {
        _cells[y / 4, x / 2] |= Bits[x % 2, y % 4];
        _owner[y / 4, x / 2] = line;
    }

    /// <summary>Every dot between two, so that a steep line has no holes.</summary>
    public void Join(int x0, int y0, int x1, int y1, int line)
    {
        var steps = Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0));
        for (var i = 0; i <= steps; i++)
        {
            Set(x0 + ((x1 - x0) * i / Math.Max(1, steps)), y0 + ((y1 - y0) * i / Math.Max(1, steps)), line);
        }
    }

    public IEnumerable<(char Character, int Line)> Row(int row)
    {
        for (var column = 0; column < columns; column++)
        {
            yield return (_cells[row, column] == 0 ? ' ' : (char)(0x2800 + _cells[row, column]), _owner[row, column]);
        }
    }
}
