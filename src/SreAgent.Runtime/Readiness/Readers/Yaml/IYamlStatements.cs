using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Yaml;

/// <summary>What one kind of YAML document states. A document is parsed once, whoever reads it.</summary>
internal interface IYamlStatements
{
    /// <returns>Nothing for a document of another kind.</returns>
    IEnumerable<Statement> Read(SourceText text, YamlNode document);
}
