using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What came of a look-up a plan can do without: the thing, or why there is none.</summary>
/// <param name="Problem">Absent when there is a value.</param>
internal sealed record Looked<T>(T? Value, string? Problem)
    where T : class;

internal static class Looked
{
    public static Looked<T> At<T>(T value)
        where T : class => new(value, null);

    public static Looked<T> Not<T>(string why)
        where T : class => new(null, why);

    /// <summary>A refusal becomes a reason; every other fault stays one.</summary>
    public static async Task<Looked<T>> TryAsync<T>(Func<Task<Looked<T>>> look)
        where T : class
    {
        try
        {
            return await look();
        }
        catch (ToolException exception)
        {
            return Not<T>(exception.Message);
        }
    }
}
