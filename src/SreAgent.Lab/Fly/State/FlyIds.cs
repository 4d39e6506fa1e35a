using System.Security.Cryptography;
using System.Text;

namespace SreAgent.Lab.Fly.State;

/// <summary>Identifiers in the vendor's shapes.</summary>
internal static class FlyIds
{
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A ULID: 26 characters, of which the first ten are the time, so that they sort by it (ulid/spec).</summary>
    public static string Ulid(DateTimeOffset at)
    {
        Span<char> text = stackalloc char[26];
        var time = at.ToUnixTimeMilliseconds();
        for (var i = 9; i >= 0; i--)
        {
            text[i] = Crockford[(int)(time & 31)];
            time >>= 5;
        }

        Span<byte> random = stackalloc byte[16];
        RandomNumberGenerator.Fill(random);
        for (var i = 0; i < random.Length; i++)
        {
            text[10 + i] = Crockford[random[i] & 31];
        }

        return new string(text);
    }

    /// <summary>Fourteen hexadecimal digits, the same for the same words, so that a seeded machine is called the same in every run.</summary>
    public static string Machine(string words) => Hash(words)[..14];

    public static string Nonce() => RandomNumberGenerator.GetHexString(12, lowercase: true);

    public static string Hash(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));
}
