namespace SreAgent.Core.Tools;

/// <summary>
/// What a tool does to the world, as declared by this host. What an outside server says of its own tools is a hint,
/// never a permission. Ordered: a later value is always treated at least as strictly as an earlier one.
/// </summary>
public enum ToolEffect
{
    /// <summary>Nobody has classified the tool. Nothing unclassified ever runs (G1).</summary>
    Unclassified = 0,

    /// <summary>Looks.</summary>
    Read = 1,

    /// <summary>Leaves a mark people read: an issue, a comment, an annotation, a branch in a worktree.</summary>
    Write = 2,

    /// <summary>Alters production: deploy, rollback, scale, restart, silence, secret set.</summary>
    Change = 3,

    /// <summary>Cannot be undone: destroy, delete a volume.</summary>
    Destructive = 4,
}
