using System.Text.Json.Serialization;
using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Stores;

/// <summary>How the parts of a ChangeRequest that nobody searches by are kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChangePlan))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IReadOnlyList<Approval>))]
internal sealed partial class StoreJson : JsonSerializerContext;
