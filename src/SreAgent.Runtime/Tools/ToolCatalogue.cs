using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Tools;

/// <summary>Every tool this host has, by name and former name. Built once; refuses two tools that answer to one name.</summary>
public sealed class ToolCatalogue
{
    private readonly Dictionary<string, Tool> _byName = new(StringComparer.Ordinal);

    /// <exception cref="InvalidOperationException">Two tools answer to one name.</exception>
    public ToolCatalogue(IEnumerable<Tool> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        All = [.. tools.OrderBy(tool => tool.Name, StringComparer.Ordinal)];
        foreach (var (name, tool) in All.SelectMany(tool => tool.Aliases.Prepend(tool.Name).Select(name => (name, tool))))
        {
            if (!_byName.TryAdd(name, tool))
            {
                throw new InvalidOperationException($"Two tools answer to '{name}': {_byName[name].Name} and {tool.Name}.");
            }
        }
    }

    /// <summary>In the order of their names; former names are not listed.</summary>
    public IReadOnlyList<Tool> All { get; }

    public Tool? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What a name that does not exist may have meant: the closest few, closest first.</summary>
    public static IReadOnlyList<string> Suggest(string name, IReadOnlyList<Tool> among) =>
        [.. among.Select(tool => (tool.Name, Distance: EditDistance.Between(name, tool.Name)))
            .Where(candidate => candidate.Distance <= Math.Max(3, name.Length / 3) || candidate.Name.Contains(name, StringComparison.OrdinalIgnoreCase))
            .OrderBy(candidate => candidate.Distance).Take(3).Select(candidate => candidate.Name)];
}
