using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Waivers;

namespace SreAgent.Runtime.Readiness.Waivers;

/// <summary>The waivers a tree carries.</summary>
internal static class WaiversOf
{
    private const int LargestFile = 256 * 1024;

    public static async Task<WaiverFile> TreeAsync(ISourceTree tree, CancellationToken cancellationToken)
    {
        if (await tree.ReadAsync(Waiver.File, LargestFile + 1, cancellationToken) is not { } bytes)
        {
            return WaiverFile.Empty;
        }

        return bytes.Length <= LargestFile && SourceText.From(Waiver.File, bytes.Span) is { } text
            ? WaiverReader.Read(text)
            : new WaiverFile([], [new Finding(WaiverFile.Malformed, FindingSeverity.Medium, $"It is no text, or larger than {LargestFile / 1024} KiB, so nothing is waived.") { Path = Waiver.File, Line = 1 }]);
    }
}
