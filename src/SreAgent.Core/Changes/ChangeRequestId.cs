using System.Security.Cryptography;

namespace SreAgent.Core.Changes;

/// <summary>
/// Names a ChangeRequest, short enough to read over the phone: <c>chg-7k2m9qx4ht</c>. Fifty random bits; knowing one gives no right to
/// anything, since approving takes an authenticated human.
/// </summary>
public readonly record struct ChangeRequestId(string Value)
{
    // Crockford's alphabet: no letter that reads as a digit.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static ChangeRequestId New() => new("chg-" + RandomNumberGenerator.GetString(Alphabet, 10));

    public override string ToString() => Value;
}
