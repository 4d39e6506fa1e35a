using System.Reflection;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>Every tool a toolset offers, called once each: a new one without a call fails the test.</summary>
internal sealed class OfferedTools<T>
    where T : IToolset
{
    private readonly Dictionary<string, Func<Task<ToolResult>>> _calls = new(StringComparer.Ordinal);

    /// <param name="name">The tool's.</param>
    /// <param name="call">Such that it finds something.</param>
    public Func<Task<ToolResult>> this[string name]
    {
        set => _calls.Add(name, value);
    }

    public async Task CallAllAsync()
    {
        var offered = typeof(T).GetMethods(BindingFlags.Instance | BindingFlags.Public).Select(method => method.GetCustomAttribute<SreToolAttribute>()?.Name).OfType<string>();
        Assert.Equal(offered.Order(StringComparer.Ordinal), _calls.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, call) in _calls)
        {
            var result = await call();
            Assert.True(result is ToolResult.Found, $"{name}: {result}");
        }
    }
}
