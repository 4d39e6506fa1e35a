using SreAgent.Core.Integrations;
using SreAgent.Core.Readiness;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Readiness.Rules;

/// <summary>
/// The rules of readiness reviews as they were read from folders of YAML files, with every mistake. A file of a later folder takes the place of
/// one with the same id.
/// </summary>
internal sealed class RulesReading : ISettingsCheck
{
    private const string WordingId = "wording";
    private const string Setting = "Readiness:RulesFolder";

    private readonly List<string> _problems = [];
    private readonly Dictionary<string, QuestionRules> _questions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _shared = new(StringComparer.Ordinal);
    private Wording _wording = new();

    /// <param name="folders">Later ones override earlier ones.</param>
    public RulesReading(IReadOnlyList<string> folders)
    {
        var opened = new List<OpenedFile>();
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                _problems.Add($"{Setting}: the folder of rules {folder} does not exist.");
                continue;
            }

            opened.AddRange(Directory.EnumerateFiles(folder, "*.y*ml").Order(StringComparer.Ordinal).Select(Open).OfType<OpenedFile>());
        }

        // What the wording gives names to, every question may use.
        foreach (var wording in opened.Where(file => file.IsWording))
        {
            ReadWording(wording);
        }

        foreach (var question in opened.Where(file => !file.IsWording))
        {
            question.File.Share(_shared);
            ReadVocabulary(question);
            _questions[question.Id] = QuestionRulesReader.Read(question.Root, question.File);
        }

        _problems.AddRange(opened.SelectMany(file => file.File.Problems).Select(problem => $"{Setting}: {problem}"));
        Rules = new ReadinessRules(string.Join(' ', _versions.Select(file => $"{file.Key}/{file.Value}")), [.. _questions.Values]) { Wording = _wording };
    }

    public ReadinessRules Rules { get; }

    public IReadOnlyList<string> Problems => _problems;

    /// <exception cref="ToolException">There is a mistake in them; the message has every one.</exception>
    public ReadinessRules Usable() => _problems.Count == 0 ? Rules : throw new ToolException(string.Join('\n', _problems));

    /// <returns>Null when it cannot be used; why is among the problems.</returns>
    private OpenedFile? Open(string path)
    {
        var text = DocumentText.Read(path);
        if (text.Text is null)
        {
            _problems.Add($"{Setting}: {path} cannot be used. {text.Problems[0].Message}");
            return null;
        }

        var file = new RuleFile(path);
        if (file.Open(text.Text) is { } root)
        {
            var map = root.Map("id", "version", "vocabulary", "sub-questions", "answered", "for-others", "within-others", "hints", "examples", "promises", "not-applicable", "asides", "operations", "inside", "itself", "elsewhere");
            if (map.TryGetValue("id", out var id) && map.TryGetValue("version", out var version))
            {
                _versions[id.Text()] = version.Text();
                return new OpenedFile(id.Text(), map, file);
            }

            root.Wrong("'id' and 'version' are needed at the head of the file");
        }

        _problems.AddRange(file.Problems.Select(problem => $"{Setting}: {problem}"));
        return null;
    }

    private static void ReadVocabulary(OpenedFile opened)
    {
        if (opened.Root.TryGetValue("vocabulary", out var vocabulary))
        {
            opened.File.ReadVocabulary(vocabulary);
        }
    }

    private void ReadWording(OpenedFile opened)
    {
        ReadVocabulary(opened);
        foreach (var (name, phrases) in opened.File.Vocabulary)
        {
            _shared[name] = phrases;
        }

        _wording = new Wording
        {
            Hints = Phrases("hints"),
            Examples = Phrases("examples"),
            Promises = Phrases("promises"),
            NotApplicable = Phrases("not-applicable"),
            Asides = Phrases("asides"),
            Operations = Phrases("operations"),
            Inside = Phrases("inside"),
            Itself = Phrases("itself"),
            Elsewhere = opened.Root.TryGetValue("elsewhere", out var elsewhere) ? elsewhere.Texts() : [],
        };

        IReadOnlyList<string> Phrases(string key) => opened.Root.TryGetValue(key, out var phrases) ? opened.File.Phrases(phrases) : [];
    }

    private sealed record OpenedFile(string Id, Dictionary<string, RuleNode> Root, RuleFile File)
    {
        public bool IsWording => string.Equals(Id, WordingId, StringComparison.Ordinal);
    }
}
