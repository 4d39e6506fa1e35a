namespace SreAgent.Core.Personas;

/// <summary>Which way a persona file is written.</summary>
public enum PersonaDialect
{
    /// <summary>YAML front matter with <c>name</c>, <c>description</c>, <c>tools</c>, <c>model</c>: a coding agent's subagent.</summary>
    Agent = 0,

    /// <summary>YAML front matter with <c>id</c>, <c>title</c>, <c>skills</c>, <c>reports_to</c>: a role in an organisation.</summary>
    Role,

    /// <summary>YAML front matter with <c>id</c>, <c>tags</c> and sections such as Mission and Must-Answer: a way to look at things.</summary>
    Lens,

    /// <summary>No front matter; a job description with an "AI Agent Profile".</summary>
    JobDescription,
}

/// <summary>Who the agent can be: everything the host takes from a persona file. Unknown parts stay in <see cref="Instructions"/>.</summary>
public sealed record Persona
{
    /// <summary>Lower-case letters, digits, hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>As it is shown and addressed: <c>Kai</c>.</summary>
    public required string Name { get; init; }

    public required PersonaDialect Dialect { get; init; }

    /// <summary>File it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>One or two sentences: what it is for. Used for routing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The file's body, front matter removed: what the model is told about who it is.</summary>
    public required string Instructions { get; init; }

    /// <summary>
    /// Patterns over tool names and toolset names. Least privilege: what is not named is not held. An empty list holds nothing.
    /// </summary>
    public IReadOnlyList<string> ToolGrants { get; init; } = [];

    /// <summary>Names of skills it uses.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    public IReadOnlyList<string> WhenToUse { get; init; } = [];

    public IReadOnlyList<string> WhenNotToUse { get; init; } = [];

    /// <summary>Whom to hand over to, and for what.</summary>
    public IReadOnlyList<Handover> Handovers { get; init; } = [];

    public IReadOnlyList<MustAnswer> MustAnswer { get; init; } = [];

    public IReadOnlyList<string> Priorities { get; init; } = [];

    public IReadOnlyList<string> FailureModes { get; init; } = [];

    /// <summary>Ways it can be: firefighter, automator, capacity planner.</summary>
    public IReadOnlyList<PersonaMode> Modes { get; init; } = [];

    public IReadOnlyList<string> ExamplePhrases { get; init; } = [];

    public IReadOnlyList<McpRecommendation> RecommendedMcpServers { get; init; } = [];

    /// <summary>The model the file asks for. A wish: the settings decide.</summary>
    public string? Model { get; init; }
}

/// <param name="Id">Stable: <c>slo-observability</c>, <c>failure-recovery</c>, <c>upgrade</c>, <c>dependencies</c>, <c>on-call</c>, or made from the words.</param>
public sealed record MustAnswer(string Id, string Question);

/// <param name="To">Persona id or role name, as written.</param>
/// <param name="For">In which case.</param>
public sealed record Handover(string To, string For);

public sealed record PersonaMode(string Name, string Description);

/// <param name="Server">As written: <c>prometheus</c>.</param>
/// <param name="Purpose">What for.</param>
public sealed record McpRecommendation(string Server, string Purpose);
