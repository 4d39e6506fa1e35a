using SreAgent.Core.Changes;

namespace SreAgent.Runtime.Rollouts;

/// <summary>How the application's own configuration file differs between two commits.</summary>
internal static class ConfigurationFacts
{
    private const int Shown = 20;
    private const int Width = 120;

    /// <param name="file">Its path in the repository.</param>
    /// <param name="texts">Both texts, or why they could not be read.</param>
    /// <param name="isRollback">Configuration is not brought back.</param>
    public static PlanFact Of(string file, Looked<ConfigurationTexts> texts, bool isRollback)
    {
        if (texts.Value is not { } both)
        {
            return new PlanFact(file, $"Not compared: {texts.Problem}");
        }

        var changed = Difference(both.Now, both.Wanted);
        var stays = isRollback ? " A rollback brings back the image only; configuration stays as it is now." : "";
        return new PlanFact(file, changed.Count == 0
            ? $"The same at both commits.{stays}"
            : $"Differs between the commits:{stays}{string.Concat(changed.Take(Shown).Select(line => "\n" + (line.Length > Width ? line[..Width] + "…" : line)))}{(changed.Count > Shown ? $"\n… {changed.Count - Shown} more lines" : "")}");
    }

    /// <summary>Lines only one of them has, those taken away first. Lines that merely moved are no difference.</summary>
    public static IReadOnlyList<string> Difference(string before, string after)
    {
        var old = Lines(before);
        var young = Lines(after);
        return [.. Without(old, young).Select(line => $"- {line}"), .. Without(young, old).Select(line => $"+ {line}")];
    }

    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];

    private static IEnumerable<string> Without(string[] lines, string[] others)
    {
        var left = others.CountBy(line => line, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (left.TryGetValue(line, out var count) && count > 0)
            {
                left[line] = count - 1;
            }
            else
            {
                yield return line;
            }
        }
    }
}

internal sealed record ConfigurationTexts(string Now, string Wanted);
