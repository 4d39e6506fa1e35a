using System.Text;
using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Conversations;

/// <summary>
/// Knows which reads a turn has already asked for, word for word. A model that loops is told so instead of being served again. Anything
/// that is not a read makes it forget: looking again after a change is what one should do.
/// </summary>
internal sealed class RepeatGuard
{
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);

    /// <summary>Id of the earlier call that asked exactly this; null when it is new, and from then on it is known.</summary>
    public string? EarlierThan(ModelCall call)
    {
        var key = Key(call);
        lock (_seen)
        {
            return _seen.TryAdd(key, call.Id) ? null : _seen[key];
        }
    }

    /// <summary>A call that could not be answered may be asked again.</summary>
    public void Forget(ModelCall call)
    {
        lock (_seen)
        {
            _seen.Remove(Key(call));
        }
    }

    public void ForgetAll()
    {
        lock (_seen)
        {
            _seen.Clear();
        }
    }

    private static string Key(ModelCall call)
    {
        try
        {
            return $"{call.Tool} {Encoding.UTF8.GetString(CanonicalJson.Canonicalize(call.Arguments))}";
        }
        catch (ArgumentException)
        {
            return $"{call.Tool} {call.Arguments.GetRawText()}";
        }
    }
}
