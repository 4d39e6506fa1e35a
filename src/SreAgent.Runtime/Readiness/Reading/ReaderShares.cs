namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>How much each reader has had of one tree, and which have had enough: no kind of file may use up what the others need.</summary>
internal sealed class ReaderShares(int readers, ReadingLimits limits)
{
    private readonly long[] _bytes = new long[readers];
    private readonly int[] _statements = new int[readers];

    /// <summary>Bit n is set when reader n gets no more.</summary>
    public ulong Full { get; private set; }

    /// <param name="read">Who read a file.</param>
    /// <param name="size">Of the file.</param>
    public void Charge(IReadOnlyList<ReadBy>? read, long size)
    {
        foreach (var (reader, statements) in read ?? [])
        {
            _bytes[reader] += size;
            _statements[reader] += statements;
            if (_bytes[reader] > limits.DecodedByOneReader || _statements[reader] > limits.StatementsOfOneReader)
            {
                Full |= 1UL << reader;
            }
        }
    }
}
