using System.Security.Cryptography;

namespace SreAgent.Runtime.Conversations;

/// <summary>Names conversations so that a person can type them: <c>c-20261120-7k2m</c>.</summary>
internal static class ConversationId
{
    // Crockford's alphabet: no letter that reads as a digit.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public static string New(DateTimeOffset now) => $"c-{now:yyyyMMdd}-{RandomNumberGenerator.GetString(Alphabet, 4)}";

    /// <summary>A conversation's title: its first words.</summary>
    public static string TitleOf(string text)
    {
        const int Longest = 60;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length <= Longest)
        {
            return line;
        }

        var end = line.LastIndexOf(' ', Longest - 1);
        return line[..(end > Longest / 2 ? end : Longest - 1)] + "…";
    }
}
