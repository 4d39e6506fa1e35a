using System.Buffers.Binary;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Grafana;

/// <summary>What Grafana answers when asked to draw a panel, made sure to be a picture at all.</summary>
internal static class PanelImage
{
    private const int LargestBytes = 10 << 20;
    private const int HeaderBytes = 24;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <exception cref="ToolException">It is no PNG, or too large.</exception>
    public static async Task<byte[]> ReadAsync(string system, string? mediaType, Stream body, CancellationToken cancellationToken)
    {
        using var image = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            image.Write(buffer, 0, read);
            if (image.Length > LargestBytes)
            {
                throw new ToolException($"{system} drew a picture larger than {LargestBytes >> 20} MB; it was not read further.");
            }
        }

        var bytes = image.ToArray();
        return mediaType == "image/png" && IsPng(bytes)
            ? bytes
            : throw new ToolException($"{system} answered with {mediaType ?? "no content type"} that is not a PNG instead of drawing the panel. Its log says why; the link shows the panel itself.");
    }

    /// <summary>From the header, in pixels.</summary>
    public static (int Width, int Height) SizeOf(ReadOnlySpan<byte> png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png[16..]), BinaryPrimitives.ReadInt32BigEndian(png[20..]));

    private static bool IsPng(ReadOnlySpan<byte> bytes) => bytes.Length > HeaderBytes && bytes.StartsWith(Signature) && bytes[12..16].SequenceEqual("IHDR"u8);
}
