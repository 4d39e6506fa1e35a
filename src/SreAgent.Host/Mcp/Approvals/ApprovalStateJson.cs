using System.Text.Json.Serialization;

namespace SreAgent.Host.Mcp.Approvals;

[JsonSerializable(typeof(ApprovalState))]
internal sealed partial class ApprovalStateJson : JsonSerializerContext;
