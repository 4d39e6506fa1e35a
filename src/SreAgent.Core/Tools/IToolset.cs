namespace SreAgent.Core.Tools;

/// <summary>A family of tools over one system. Its tools are its methods marked with <see cref="SreToolAttribute"/>.</summary>
public interface IToolset
{
    /// <summary>Lower case, one word: <c>prometheus</c>. What <c>--toolset</c> and a persona's grants refer to.</summary>
    string Name { get; }

    /// <summary>
    /// The environment its calls act on unless the call names a service of another one. Absent means the strictest configured.
    /// </summary>
    string? Environment { get; }
}
