using System.Buffers;
using System.Collections.Frozen;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>
/// Finds what source code shows of operation by literal tokens: endpoints, signals handled, exporters, timeouts. Files are searched as
/// bytes first; the few that hold a token are decoded and read line by line.
/// </summary>
internal sealed class CodeReader : IStatementReader
{
    private const int Largest = 512 * 1024;
    private const int LongestLine = 400;

    private static readonly CodeSign[] Signs = [.. HealthSigns.All, .. TelemetrySigns.All, .. ShutdownSigns.All, .. DependencySigns.All, .. ClientSigns.All, .. ReleaseSigns.All, .. InfrastructureSigns.All];

    // Each language has a screen of its own: the fewer literals are looked for at once, the faster it goes.
    private static readonly FrozenDictionary<string, Language>.AlternateLookup<ReadOnlySpan<char>> Languages = Signs
        .SelectMany(sign => sign.Languages.Select(language => (language, sign)))
        .GroupBy(pair => pair.language, pair => pair.sign, StringComparer.OrdinalIgnoreCase)
        .ToFrozenDictionary(group => group.Key, group => new Language([.. group]), StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    // Tools that test, build and format are configured in the language of the service and speak of time limits of their own.
    private static readonly SearchValues<string> Tools = SearchValues.Create(["playwright", "cypress", "jest", "mocha", "vitest", "karma", "wdio", "webpack", "vite.", "rollup", "eslint", "conftest", "noxfile"], StringComparison.OrdinalIgnoreCase);

    // What can be plugged in is for others to use: that it can call a pager does not say that anybody is called.
    private static readonly SearchValues<string> Offered = SearchValues.Create(["plugin", "integrations", "provider", "notifier", "receiver", "channels"], StringComparison.OrdinalIgnoreCase);

    public bool Reads(SourceEntry file) => file.Size is > 0 and <= Largest && Languages.ContainsKey(Ending(file.Path)) && !file.Path.AsSpan(file.Path.LastIndexOf('/') + 1).ContainsAny(Tools);

    public bool MayState(string path, ReadOnlySpan<byte> content) => Languages.TryGetValue(Ending(path), out var language) && language.Screen.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        if (!Languages.TryGetValue(Ending(text.Path), out var language))
        {
            yield break;
        }

        var wanted = Array.FindAll(language.Signs, sign => text.Text.Contains(sign.Literal, StringComparison.Ordinal));
        var stated = new HashSet<string>(StringComparer.Ordinal);
        var offered = text.Path.AsSpan().ContainsAny(Offered);
        for (var i = 0; i < text.Lines.Count && stated.Count < wanted.Length; i++)
        {
            var line = text.Lines[i];
            if (line.Length > LongestLine || IsComment(line))
            {
                continue;
            }

            foreach (var sign in wanted)
            {
                if (line.Contains(sign.Literal, StringComparison.Ordinal) && sign.Line?.IsMatch(line) != false && !(offered && sign.Kind == StatementKind.OnCallRouting) && stated.Add($"{sign.Kind} {sign.Sentence}"))
                {
                    var at = sign.Alone ? new Citation(text.Path, i + 1, i + 1, sign.Literal.Trim()) : text.CiteCode(i + 1, sign.Literal);
                    yield return Facts.State(at, sign.Kind, sign.Sort, sign.Sentence, sign.Field, ("in", "code"));
                }
            }
        }
    }

    private static ReadOnlySpan<char> Ending(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        var dot = name.LastIndexOf('.');
        return dot < 0 ? name : name[(dot + 1)..];
    }

    private static bool IsComment(string line) =>
        line.AsSpan().TrimStart() is var start
        && (start.StartsWith("//") || start.StartsWith("#") || start.StartsWith("*") || start.StartsWith("/*") || start.StartsWith("--") || start.StartsWith("<!--"));

    private sealed class Language(CodeSign[] signs)
    {
        private readonly Lazy<LiteralScreen> _screen = new(() => new LiteralScreen([.. signs.Select(sign => sign.Literal).Distinct(StringComparer.Ordinal)]));

        public CodeSign[] Signs => signs;

        /// <summary>Made for the languages a tree has: most have one or two of them.</summary>
        public LiteralScreen Screen => _screen.Value;
    }
}
