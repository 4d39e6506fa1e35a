using System.Collections.Frozen;

namespace SreAgent.Core.Redaction;

/// <summary>
/// Names of properties, settings and headers whose text is a secret whatever it looks like: <c>password</c>, <c>clientSecret</c>,
/// <c>X-Api-Key</c>, <c>GITHUB_TOKEN</c>. Judged by their last words, so that <c>token_count</c>, <c>secret_names</c> and
/// <c>passwordResetUrl</c> are left alone.
/// </summary>
internal static class SecretNames
{
    /// <summary>The kind such a text is marked with.</summary>
    public const string Kind = "password";

    private static readonly FrozenSet<string> Words =
        FrozenSet.Create(StringComparer.Ordinal, "password", "passwd", "passphrase", "pwd", "secret", "authorization", "apikey", "cookie", "privatekey", "credential");

    // "key" says nothing by itself: it is most often the name of something.
    private static readonly FrozenSet<string> BeforeKey =
        FrozenSet.Create(StringComparer.Ordinal, "api", "access", "secret", "private", "signing", "encryption", "account", "master", "shared");

    // Tokens that page through a list or stop a task.
    private static readonly FrozenSet<string> BeforeHarmlessToken =
        FrozenSet.Create(StringComparer.Ordinal, "page", "next", "start", "continue", "continuation", "cursor", "resume", "sync", "cancellation", "pagination");

    public static bool Is(string name) => WordsOf(name) switch
    {
        [.., var last] when Words.Contains(last) => true,
        [.., var before, "token"] => !BeforeHarmlessToken.Contains(before),
        ["token"] => true,
        [.., var before, "key"] => BeforeKey.Contains(before),
        [.., "secret", "key", "base"] => true,
        _ => false,
    };

    private static List<string> WordsOf(string name)
    {
        var words = new List<string>(4);
        var start = 0;
        for (var i = 0; i <= name.Length; i++)
        {
            var ends = i == name.Length || !char.IsAsciiLetterOrDigit(name[i]);
            var humps = !ends && i > start && char.IsAsciiLetterUpper(name[i])
                && (!char.IsAsciiLetterUpper(name[i - 1]) || (i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1])));
            if ((ends || humps) && i > start)
            {
                words.Add(name[start..i].ToLowerInvariant());
            }

            start = ends ? i + 1 : humps ? i : start;
        }

        return words;
    }
}
