namespace SreAgent.Core.Readiness;

/// <summary>Reads one kind of file into what it states. Pure; malformed content yields what can be made out, never an exception.</summary>
public interface IStatementReader
{
    /// <summary>Whether it is worth opening, by path and size alone. Several readers may read one file.</summary>
    bool Reads(SourceEntry file);

    /// <summary>Whether bytes of a file it reads are worth decoding. Looks for a mark without which nothing could be stated; most files have none.</summary>
    bool MayState(string path, ReadOnlySpan<byte> content) => true;

    /// <returns>In the order of the file.</returns>
    IEnumerable<Statement> Read(SourceText text);
}
