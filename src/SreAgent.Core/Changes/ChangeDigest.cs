using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace SreAgent.Core.Changes;

/// <summary>
/// What an approval is bound to (G2): SHA-256, in lower-case hex, over the RFC 8785 form of tool, the arguments that matter, environment,
/// persona, requester, policy version and the target's fingerprint.
/// </summary>
public readonly record struct ChangeDigest(string Value)
{
    /// <param name="tool">Its present name, also when it was called by a former one.</param>
    /// <param name="arguments">Checked arguments, those left out that only explain.</param>
    /// <param name="scope">Who asks, as whom, and where it acts.</param>
    /// <param name="policyVersion">Version of the policy it was asked under.</param>
    /// <param name="fingerprint">The target's state the decision rests on.</param>
    /// <exception cref="ArgumentException">
    /// An argument has no canonical form, or is a number beyond 2^53: two such numbers could share one digest, and an approval of one
    /// would then be an approval of the other.
    /// </exception>
    public static ChangeDigest Of(string tool, JsonElement arguments, CallScope scope, string policyVersion, string fingerprint)
    {
        ArgumentNullException.ThrowIfNull(scope);
        RefuseInexact(arguments);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("tool", tool);
            writer.WritePropertyName("arguments");
            arguments.WriteTo(writer);
            writer.WriteString("environment", scope.Environment);
            writer.WriteString("persona", scope.Persona);
            writer.WriteString("requester", scope.Requester);
            writer.WriteString("policyVersion", policyVersion);
            writer.WriteString("fingerprint", fingerprint);
            writer.WriteEndObject();
        }

        var canonical = CanonicalJson.Canonicalize(JsonElement.Parse(buffer.WrittenSpan));
        return new ChangeDigest(Convert.ToHexStringLower(SHA256.HashData(canonical)));
    }

    public override string ToString() => Value;

    private static void RefuseInexact(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    RefuseInexact(property.Value);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    RefuseInexact(item);
                }

                break;
            case JsonValueKind.Number when !(Math.Abs(value.GetDouble()) <= CanonicalJson.LargestExactInteger):
                throw new ArgumentException($"The number {value.GetRawText()} is too large to be told from its neighbours.", nameof(value));
        }
    }
}

/// <summary>Who asks for a call, as whom, and where it acts.</summary>
/// <param name="Environment">Name of the environment acted on: <c>production</c>.</param>
/// <param name="Persona">Id of the persona speaking.</param>
/// <param name="Requester">Actor id of whoever asked.</param>
public sealed record CallScope(string Environment, string Persona, string Requester);
