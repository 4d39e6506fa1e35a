using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SreAgent.Core.Changes;
using SreAgent.Core.Tools;

namespace SreAgent.Host.Mcp.Approvals;

/// <summary>
/// Seals and opens request states with HMAC-SHA256. The protocol hands the state to the client and takes it back, so it is an attacker's
/// until proved otherwise. The key is made for this process and never leaves it: a stdio server lives as long as its client, a key that is
/// not stored can be neither stolen nor left unrotated, and a state from an earlier process merely leads to being asked again.
/// </summary>
internal sealed class ApprovalStates(TimeProvider clock)
{
    // A genuine state is under a kilobyte.
    private const int LongestState = 4096;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, long> _spent = new(StringComparer.Ordinal);

    public string Seal(ChangeRequest request, ToolCall call, string principal)
    {
        var state = new ApprovalState(
            request.Id.Value, request.Digest.Value, HashOf(call), principal, request.ExpiresAt.ToUnixTimeSeconds(),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        var payload = JsonSerializer.SerializeToUtf8Bytes(state, ApprovalStateJson.Default.ApprovalState);
        return $"{Base64Url.EncodeToString(payload)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, payload))}";
    }

    /// <summary>Opens a state for one answer. The second answer to the same question is refused, whatever became of the first.</summary>
    public StateCheck Open(string? sealedState, ToolCall call, string principal)
    {
        if (Unseal(sealedState) is not { } state)
        {
            return new StateCheck.Refused("The request state was not issued by this server process, or was altered on its way.");
        }

        if (clock.GetUtcNow().ToUnixTimeSeconds() >= state.ExpiresAt)
        {
            return new StateCheck.Refused($"The question about {state.Change} has expired.");
        }

        if (!string.Equals(state.Principal, principal, StringComparison.Ordinal))
        {
            return new StateCheck.Refused($"The question about {state.Change} was put to somebody else.");
        }

        if (!string.Equals(state.Call, HashOf(call), StringComparison.Ordinal))
        {
            return new StateCheck.Refused($"Tool or arguments differ from the call that {state.Change} was raised for.");
        }

        return Spend(state)
            ? new StateCheck.Valid(state)
            : new StateCheck.Refused($"This question about {state.Change} has been answered already.");
    }

    private ApprovalState? Unseal(string? sealedState)
    {
        if (sealedState is null || sealedState.Length > LongestState || sealedState.Split('.') is not [var body, var mac]
            || !Base64Url.IsValid(body) || !Base64Url.IsValid(mac))
        {
            return null;
        }

        var payload = Base64Url.DecodeFromChars(body);
        return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, payload), Base64Url.DecodeFromChars(mac))
            ? JsonSerializer.Deserialize(payload, ApprovalStateJson.Default.ApprovalState)
            : null;
    }

    private bool Spend(ApprovalState state)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var (nonce, expiresAt) in _spent)
        {
            // An expired state is refused for being expired; its nonce need not be remembered.
            if (expiresAt <= now)
            {
                _spent.TryRemove(nonce, out _);
            }
        }

        return _spent.TryAdd(state.Nonce, state.ExpiresAt);
    }

    /// <summary>Empty when the arguments have no canonical form, which no held call's have.</summary>
    private static string HashOf(ToolCall call)
    {
        try
        {
            byte[] bytes = [.. Encoding.UTF8.GetBytes(call.Tool), 0, .. CanonicalJson.Canonicalize(call.Arguments)];
            return Convert.ToHexStringLower(SHA256.HashData(bytes));
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
