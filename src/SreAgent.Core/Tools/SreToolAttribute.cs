namespace SreAgent.Core.Tools;

/// <summary>
/// Makes a method of an <see cref="IToolset"/> a tool. The method returns <c>Task&lt;ToolResult&gt;</c>, takes a
/// <see cref="CancellationToken"/> last (an <c>IProgress&lt;string&gt;</c> and, for a change, a <see cref="Changes.ChangeExecution"/> anywhere before it, if it
/// wants them), and carries a description written for a model, also saying when not to use it.
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SreToolAttribute(string name, ToolEffect effect) : Attribute
{
    /// <summary><c>system_verb_noun</c> in snake case.</summary>
    public string Name { get; } = name;

    public ToolEffect Effect { get; } = effect;

    /// <summary>
    /// The method that says what a call would do, without doing it: same parameters, returns <c>Task&lt;ChangePlan&gt;</c>.
    /// Required for <see cref="ToolEffect.Change"/> and <see cref="ToolEffect.Destructive"/>.
    /// </summary>
    public string? Plan { get; init; }

    /// <summary>
    /// The method that looks whether the change took: same parameters, returns <c>Task&lt;Verification&gt;</c>.
    /// Required wherever <see cref="Plan"/> is (G10).
    /// </summary>
    public string? Verify { get; init; }

    /// <summary>
    /// The method may be entered again by another process after its own died. It then takes a <see cref="Changes.ChangeExecution"/> and does
    /// everything that has an effect as a step of it.
    /// </summary>
    public bool Resumable { get; init; }

    /// <summary>Names this tool had before. They keep working and are never listed.</summary>
    public string[] Aliases { get; init; } = [];

    /// <summary>Whether the tool reaches text written outside this organisation's control.</summary>
    public bool OpenWorld { get; init; } = true;
}

/// <summary>
/// Marks a parameter that only explains (a reason, a comment): shown to the approver, left out of the digest, because a model words it
/// anew on every retry. It must never steer what is executed.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ProseAttribute : Attribute;
