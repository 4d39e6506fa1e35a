namespace SreAgent.Lab.Grafana;

/// <summary>A grid of pixels, each a palette's index, row by row from the top.</summary>
internal sealed record Picture(int Width, int Height, byte[] Pixels)
{
    /// <summary>Red, green, blue: background, frame, then lines.</summary>
    public static IReadOnlyList<(byte Red, byte Green, byte Blue)> Palette { get; } =
        [(24, 27, 31), (70, 76, 84), (115, 191, 105), (242, 204, 12), (87, 148, 242), (242, 73, 92), (255, 152, 48), (184, 119, 217)];

    public void Set(int x, int y, byte colour)
    {
        if (x >= 0 && x < Width && y >= 0 && y < Height)
        {
            Pixels[(y * Width) + x] = colour;
        }
    }
}

/// <summary>Draws a panel's series as lines in a frame: no axes, but the shape is true.</summary>
internal static class PanelDrawing
{
    private const int FirstLine = 2;

    public static Picture Of(IReadOnlyList<PrometheusSeries> series, (DateTimeOffset From, DateTimeOffset To) range, int width, int height)
    {
        var picture = Framed(width, height);
        var values = series.SelectMany(one => one.Samples).Select(sample => sample.Value).Where(double.IsFinite).DefaultIfEmpty(0).ToArray();
        var (low, high) = (Math.Min(values.Min(), 0), values.Max());
        foreach (var (i, one) in series.Index())
        {
            var points = one.Samples.Where(sample => double.IsFinite(sample.Value)).Select(sample => (
                X: (int)((sample.At - range.From) / (range.To - range.From) * (width - 1)),
                Y: (int)((1 - (high > low ? (sample.Value - low) / (high - low) : 0)) * (height - 1)))).ToArray();
            foreach (var (from, to) in points.Zip(points.Skip(1)))
            {
                Line(picture, from, to, (byte)(FirstLine + (i % (Picture.Palette.Count - FirstLine))));
            }
        }

        return picture;
    }

    /// <summary>The picture that stands in for one: a frame crossed out.</summary>
    public static Picture Notice(int width, int height)
    {
        var picture = Framed(width, height);
        Line(picture, (0, 0), (width - 1, height - 1), 1);
        Line(picture, (0, height - 1), (width - 1, 0), 1);
        return picture;
    }

    private static Picture Framed(int width, int height)
    {
        var picture = new Picture(width, height, new byte[width * height]);
        Line(picture, (0, 0), (width - 1, 0), 1);
        Line(picture, (0, height - 1), (width - 1, height - 1), 1);
        Line(picture, (0, 0), (0, height - 1), 1);
        Line(picture, (width - 1, 0), (width - 1, height - 1), 1);
        return picture;
    }

    private static void Line(Picture picture, (int X, int Y) from, (int X, int Y) to, byte colour)
    {
        var steps = Math.Max(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y)), 1);
        for (var i = 0; i <= steps; i++)
        {
            picture.Set(from.X + ((to.X - from.X) * i / steps), from.Y + ((to.Y - from.Y) * i / steps), colour);
        }
    }
}
