using SreAgent.Core.Tools;
using SreAgent.Runtime.Documents;

namespace SreAgent.Runtime.Prompts;

/// <summary>The Markdown files prompts are made of, by name. A file in the override folder takes the place of the shipped one of the same name.</summary>
internal sealed class PromptFragments
{
    private readonly Dictionary<string, string> _byName = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _folders;

    /// <param name="folders">Later ones override earlier ones.</param>
    /// <exception cref="ToolException">A folder or a file in it cannot be read; the message names it.</exception>
    public PromptFragments(IReadOnlyList<string> folders)
    {
        _folders = folders;
        foreach (var folder in folders)
        {
            if (!Directory.Exists(folder))
            {
                throw new ToolException($"The folder of prompt fragments {folder} does not exist.");
            }

            foreach (var path in Directory.EnumerateFiles(folder, "*.md").Order(StringComparer.Ordinal))
            {
                var text = DocumentText.Read(path);
                _byName[Path.GetFileNameWithoutExtension(path)] = text.Text?.Trim()
                    ?? throw new ToolException($"The prompt fragment {path} cannot be used. {text.Problems[0].Message}");
            }
        }
    }

    /// <exception cref="ToolException">There is no such fragment; the message says where it was looked for.</exception>
    public string this[string name] => _byName.TryGetValue(name, out var text)
        ? text
        : throw new ToolException($"The prompt fragment '{name}' is missing: there is no {name}.md in {string.Join(" or ", _folders)}.");
}
