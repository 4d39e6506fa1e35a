using SreAgent.Core.Readiness.Language;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SreAgent.Runtime.Readiness.Rules;

/// <summary>One file of rules as it is read: its vocabulary, and every mistake in it.</summary>
internal sealed class RuleFile(string path)
{
    private readonly List<RuleProblem> _problems = [];
    private readonly Dictionary<string, IReadOnlyList<string>> _vocabulary = new(StringComparer.Ordinal);

    public IReadOnlyList<RuleProblem> Problems => _problems;

    /// <summary>The names this file gives, and those shared with it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Vocabulary => _vocabulary;

    public void Wrong(int line, string message) => _problems.Add(new RuleProblem(path, line, message));

    /// <returns>Null when it is no YAML map; the problem is noted.</returns>
    public RuleNode? Open(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return new RuleNode(root, this);
            }

            Wrong(1, "expected one document of 'key: value' lines");
        }
        catch (YamlException exception)
        {
            Wrong((int)Math.Max(1, exception.Start.Line), $"not valid YAML: {exception.Message}");
        }

        return null;
    }

    /// <summary>Names that hold in every file. One the file gives itself takes their place.</summary>
    public void Share(IReadOnlyDictionary<string, IReadOnlyList<string>> shared)
    {
        foreach (var (name, phrases) in shared)
        {
            _vocabulary[name] = phrases;
        }
    }

    /// <summary>Names for lists of phrases. A list may refer to one that stands before it.</summary>
    public void ReadVocabulary(RuleNode node)
    {
        foreach (var (name, words) in node.Map())
        {
            _vocabulary[name] = Phrases(words);
        }
    }

    /// <summary>A list of phrases with what <c>@name</c> refers to put in its place; each is checked.</summary>
    public IReadOnlyList<string> Phrases(RuleNode node)
    {
        var phrases = new List<string>();
        foreach (var item in node.IsText ? [node] : node.Items())
        {
            var text = item.Text();
            if (text.StartsWith('@'))
            {
                if (_vocabulary.TryGetValue(text[1..], out var named))
                {
                    phrases.AddRange(named);
                }
                else
                {
                    item.Wrong($"the vocabulary has no '{text[1..]}'; a list may only refer to one that stands before it");
                }
            }
            else if (Phrase.Parse(text, out var why) is null)
            {
                item.Wrong(why ?? "not a phrase");
            }
            else
            {
                phrases.Add(text.ToLowerInvariant());
            }
        }

        return phrases;
    }
}
