using System.Text.RegularExpressions;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>Something in source that is cheap to recognise: a literal, and what its line must say besides.</summary>
/// <param name="Literal">As it stands in the source; ASCII.</param>
/// <param name="Languages">Endings of file names it counts in, without the dot.</param>
/// <param name="Sort">In words, for the citation.</param>
/// <param name="Sentence">What it states.</param>
/// <param name="Field">One fact.</param>
internal sealed record CodeSign(StatementKind Kind, string Literal, string[] Languages, string Sort, string Sentence, (string Name, string Value) Field)
{
    /// <summary>What the line has to match besides holding the literal. Absent when the literal alone is enough.</summary>
    public Regex? Line { get; init; }

    /// <summary>Nothing behind the literal is quoted: what stands there is often a secret, and commands do not mark which.</summary>
    public bool Alone { get; init; }
}
