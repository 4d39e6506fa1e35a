namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>How much of a tree is read at most. What lies beyond is listed, never passed over.</summary>
internal sealed record ReadingLimits
{
    /// <summary>Bytes of one file.</summary>
    public int OneFile { get; init; } = 1024 * 1024;

    /// <summary>Bytes of all files that are opened.</summary>
    public long Opened { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Bytes of all files that one reader decodes and reads for what they state.</summary>
    public long DecodedByOneReader { get; init; } = 4L * 1024 * 1024;

    public int StatementsOfOneFile { get; init; } = 2000;

    /// <summary>A guard for memory: the limits above are reached before it, unless files are made for it.</summary>
    public int Statements { get; init; } = 60_000;
}
