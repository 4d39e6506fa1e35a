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
    private Wording _wording = new();

    /// <param name="folders">Later ones override earlier ones.</param>
    public RulesReading(IReadOnlyList<string> folders)
    {
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                _problems.Add($"{Setting}: the folder of rules {folder} does not exist.");
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(folder, "*.y*ml").Order(StringComparer.Ordinal))
            {
                Read(path);
            }
        }

        Rules = new ReadinessRules(string.Join(' ', _versions.Select(file => $"{file.Key}/{file.Value}")), [.. _questions.Values]) { Wording = _wording };
    }

    public ReadinessRules Rules { get; }

    public IReadOnlyList<string> Problems => _problems;

    /// <exception cref="ToolException">There is a mistake in them; the message has every one.</exception>
    public ReadinessRules Usable() => _problems.Count == 0 ? Rules : throw new ToolException(string.Join('\n', _problems));

    private void Read(string path)
    {
        var text = DocumentText.Read(path);
        var file = new RuleFile(path);
        if (text.Text is null)
        {
            _problems.Add($"{Setting}: {path} cannot be used. {text.Problems[0].Message}");
            return;
        }

        if (file.Open(text.Text) is { } root)
        {
            Read(root, file);
        }

        _problems.AddRange(file.Problems.Select(problem => $"{Setting}: {problem}"));
    }

    private void Read(RuleNode root, RuleFile file)
    {
        var map = root.Map("id", "version", "vocabulary", "sub-questions", "answered", "for-others", "within-others", "hints", "examples", "promises", "not-applicable", "asides", "operations", "inside", "itself", "elsewhere");
        if (!map.TryGetValue("id", out var id) || !map.TryGetValue("version", out var version))
        {
            root.Wrong("'id' and 'version' are needed at the head of the file");
            return;
        }

        _versions[id.Text()] = version.Text();
        if (map.TryGetValue("vocabulary", out var vocabulary))
        {
            file.ReadVocabulary(vocabulary);
        }

        if (string.Equals(id.Text(), WordingId, StringComparison.Ordinal))
        {
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
                Elsewhere = map.TryGetValue("elsewhere", out var elsewhere) ? elsewhere.Texts() : [],
            };
            return;
        }

        _questions[id.Text()] = QuestionRulesReader.Read(map, file);

        IReadOnlyList<string> Phrases(string key) => map.TryGetValue(key, out var phrases) ? file.Phrases(phrases) : [];
    }
}
