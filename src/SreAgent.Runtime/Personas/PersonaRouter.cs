using System.Text.RegularExpressions;
using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Personas;

/// <param name="Because">The line of the persona's "when to use" that the request fits.</param>
public sealed record Routing(Persona Persona, string Because);

/// <summary>
/// Which persona a first request is for, by the words it shares with each persona's "when to use" and "when not to use". Deterministic and
/// shy: without a clear winner nobody is chosen, and the default answers.
/// </summary>
public static partial class PersonaRouter
{
    // One shared word is a coincidence.
    private const int LeastSharedWords = 2;

    // Endings are cut off with the rest of a long word: deploying, deployed and deployment are one word here.
    private const int StemLength = 6;

    // Words of every request and every persona tell nothing apart.
    private static readonly HashSet<string> Common =
    [
        .. "about also been before does each from have help into just like look more much need only over please should show some tell than that their them then there they this through want were what when where which while will with would your service system things".Split(' ').Select(Stem),
    ];

    /// <returns>Null when no persona fits clearly better than <paramref name="usual"/>.</returns>
    public static Routing? Route(string request, IReadOnlyList<Persona> personas, Persona usual)
    {
        ArgumentNullException.ThrowIfNull(personas);
        ArgumentNullException.ThrowIfNull(usual);
        var words = Words(request);
        var fits = personas.Select(persona => Fit(persona, words)).Where(fit => fit.Shared >= LeastSharedWords).OrderByDescending(fit => fit.Shared).ToArray();
        var clear = fits.Length > 0 && (fits.Length == 1 || fits[0].Shared > fits[1].Shared);
        return clear && fits[0].Persona.Id != usual.Id && fits[0].Shared > Fit(usual, words).Shared ? new Routing(fits[0].Persona, fits[0].Line) : null;
    }

    private static (Persona Persona, string Line, int Shared) Fit(Persona persona, HashSet<string> words)
    {
        var (line, shared) = Best(persona.WhenToUse, words);
        var (_, against) = Best(persona.WhenNotToUse, words);
        return (persona, line, against >= shared ? 0 : shared);
    }

    private static (string Line, int Shared) Best(IReadOnlyList<string> lines, HashSet<string> words) =>
        lines.Select(line => (line, Words(line).Count(words.Contains))).OrderByDescending(scored => scored.Item2).FirstOrDefault(("", 0));

    private static HashSet<string> Words(string text) =>
        [.. Word().Matches(text).Select(match => Stem(match.Value)).Where(stem => !Common.Contains(stem))];

    private static string Stem(string word) => word.ToLowerInvariant()[..Math.Min(word.Length, StemLength)];

    [GeneratedRegex(@"\p{L}{4,}", RegexOptions.None, matchTimeoutMilliseconds: 500)]
    private static partial Regex Word();
}
