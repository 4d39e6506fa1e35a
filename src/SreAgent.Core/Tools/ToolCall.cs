using System.Text.Json;

namespace SreAgent.Core.Tools;

/// <summary>A wish to run a tool, as it came in. Nothing in it has been checked.</summary>
/// <param name="Id">Unique within its conversation; every id is answered exactly once.</param>
/// <param name="Tool">The name asked for; may not exist.</param>
/// <param name="Arguments">Whatever was sent; may not be an object at all.</param>
public sealed record ToolCall(string Id, string Tool, JsonElement Arguments);
