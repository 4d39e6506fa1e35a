using System.Reflection;

namespace SreAgent.Testing.Specs;

/// <summary>Passes every call of an interface on, and remembers which of its methods were called, so that a test can tell which were not.</summary>
public class Watched<T> : DispatchProxy
    where T : class
{
    private readonly Lock _gate = new();
    private readonly HashSet<MethodInfo> _called = [];

    /// <summary>Overloads apart.</summary>
    public IReadOnlyList<string> NotCalled
    {
        get
        {
            lock (_gate)
            {
                return [.. typeof(T).GetMethods().Except(_called).Select(method => $"{method}")];
            }
        }
    }

    internal T? Inner { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        lock (_gate)
        {
            _called.Add(targetMethod);
        }

        return targetMethod.Invoke(Inner, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
    }
}

public static class Watched
{
    /// <returns>What to call, and who watches.</returns>
    public static (T Api, Watched<T> Calls) Over<T>(T inner)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Watched<T>>();
        var calls = (Watched<T>)(object)proxy;
        calls.Inner = inner;
        return (proxy, calls);
    }
}
