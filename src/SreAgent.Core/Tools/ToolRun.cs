using SreAgent.Core.Changes;

namespace SreAgent.Core.Tools;

/// <summary>What one run of a tool's method is given besides its arguments.</summary>
/// <param name="Progress">Takes short sentences for whoever watches.</param>
/// <param name="Change">The approved change it is part of. Absent for reads, writes and plans.</param>
public sealed record ToolRun(IProgress<string> Progress, ChangeExecution? Change = null);
