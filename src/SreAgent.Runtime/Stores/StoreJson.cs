using System.Text.Json.Serialization;
using SreAgent.Core.Changes;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Stores;

/// <summary>How the parts of a ChangeRequest or a review that nobody searches by are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChangePlan))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Approval>))]
[JsonSerializable(typeof(ReadinessReview))]
internal sealed partial class StoreJson : JsonSerializerContext;
