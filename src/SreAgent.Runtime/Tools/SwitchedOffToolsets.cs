using SreAgent.Core.Integrations;

namespace SreAgent.Runtime.Tools;

/// <summary>Toolsets this host could have but has not, because their integration is off. A name of theirs is not unknown, only off.</summary>
public sealed class SwitchedOffToolsets(IEnumerable<IIntegration> integrations)
{
    /// <summary>By toolset name, without case: what keeps it off, naming the setting that would turn it on.</summary>
    public IReadOnlyDictionary<string, string> All { get; } = integrations
        .Where(integration => integration.DisabledBecause is not null)
        .ToDictionary(integration => integration.Name, integration => integration.DisabledBecause!, StringComparer.OrdinalIgnoreCase);

    /// <summary>What keeps a tool, toolset or pattern off; absent when it belongs to none of these.</summary>
    public string? WhyOff(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.GetValueOrDefault(name.Split('_')[0]);
    }
}
