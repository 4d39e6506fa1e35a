namespace SreAgent.Runtime.Readiness.Readers.Terraform.Hcl;

/// <summary>A block: <c>resource "type" "name" { ... }</c>. The file itself is one without type and labels.</summary>
/// <param name="Line">Of its type, from 1.</param>
internal sealed record HclBlock(string Type, IReadOnlyList<string> Labels, int Line)
{
    public int EndLine { get; set; } = Line;

    public List<HclAttribute> Attributes { get; } = [];

    public List<HclBlock> Blocks { get; } = [];

    public HclAttribute? Attribute(string name) => Attributes.Find(attribute => string.Equals(attribute.Name, name, StringComparison.Ordinal));

    /// <summary>Its text when it is a literal, or what stands there; null when there is none.</summary>
    public string? Text(string name) => Attribute(name)?.Value;

    public IEnumerable<HclBlock> All(string type) => Blocks.Where(block => string.Equals(block.Type, type, StringComparison.Ordinal));
}

/// <param name="Value">A quoted text without its quotes; everything else as written, space folded.</param>
/// <param name="IsLiteral">A text, number or truth that no variable goes into.</param>
internal sealed record HclAttribute(string Name, string Value, int Line, int EndLine, bool IsLiteral);
