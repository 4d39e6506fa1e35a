namespace SreAgent.Integrations.GitHub.Trees;

/// <summary>How much of one commit is kept on this machine. What lies beyond is listed as not looked at.</summary>
internal sealed record TreeLimits
{
    /// <summary>Files of a tree.</summary>
    public int Files { get; init; } = 250_000;

    /// <summary>Bytes of one file; a larger one is listed and cannot be read.</summary>
    public int FileBytes { get; init; } = 4 << 20;

    /// <summary>Bytes of all files together.</summary>
    public long StoredBytes { get; init; } = 1L << 30;

    /// <summary>Bytes the archive may unpack to, kept or not: it comes from outside, and a small one may unpack to anything.</summary>
    public long UnpackedBytes { get; init; } = 8L << 30;

    /// <summary>Files that are asked for one by one, where the archive does not hold them as they are in the commit.</summary>
    public int Blobs { get; init; } = 100;
}
