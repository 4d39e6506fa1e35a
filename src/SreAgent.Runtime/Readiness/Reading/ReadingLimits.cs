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

    /// <summary>What one reader states of all files. So many sentences are a book of a thousand pages.</summary>
    public int StatementsOfOneReader { get; init; } = 20_000;
}
