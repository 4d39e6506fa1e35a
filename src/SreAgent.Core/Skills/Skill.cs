namespace SreAgent.Core.Skills;

/// <summary>
/// Something the agent knows how to do, in the Agent Skills format: a folder with <c>SKILL.md</c>. Its body is read only when it is used.
/// </summary>
public sealed record Skill
{
    /// <summary>1 to 64 lower-case letters, digits and hyphens; equal to the folder's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it does and when to use it; 1 to 1,024 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Path of <c>SKILL.md</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The instructions, front matter removed.</summary>
    public required string Body { get; init; }

    /// <summary>Tools the skill says it uses, as written.</summary>
    public IReadOnlyList<string> AllowedTools { get; init; } = [];

    /// <summary>Files beside it, relative to its folder: <c>references/rollback.md</c>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    public string? License { get; init; }

    public string? Compatibility { get; init; }
}
