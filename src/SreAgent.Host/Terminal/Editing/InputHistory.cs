using System.Text.Json;
using SreAgent.Core.Redaction;

namespace SreAgent.Host.Terminal.Editing;

/// <summary>
/// What was typed before, across sessions. One JSON string a line, readable by its owner alone, secrets taken out before anything is
/// written. A folder that cannot be written to costs the memory, not the session.
/// </summary>
internal sealed class InputHistory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string? _path;
    private readonly Redactor _redactor;
    private readonly int _limit;
    private readonly List<string> _entries;

    /// <param name="path">Absent keeps the history in memory only.</param>
    /// <param name="redactor">Takes secrets out.</param>
    /// <param name="limit">How many lines are kept.</param>
    public InputHistory(string? path, Redactor redactor, int limit)
    {
        _path = path;
        _redactor = redactor;
        _limit = limit;
        _entries = Load(path, limit);
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<string> Entries => _entries;

    public void Add(string text)
    {
        var safe = _redactor.Redact(text.Trim());
        if (safe.Length == 0 || (_entries.Count > 0 && _entries[^1] == safe))
        {
            return;
        }

        _entries.Add(safe);
        if (_path is null)
        {
            return;
        }

        try
        {
            Append(_path, safe);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A read-only home is said once by doctor; a session is not the place to say it again after every line.
        }
    }

    private void Append(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        if (_entries.Count > _limit * 2)
        {
            _entries.RemoveRange(0, _entries.Count - _limit);
            options.Mode = FileMode.Create;
        }

        using var writer = new StreamWriter(path, options);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        foreach (var entry in options.Mode == FileMode.Create ? _entries : [text])
        {
            writer.WriteLine(JsonSerializer.Serialize(entry));
        }
    }

    private static List<string> Load(string? path, int limit)
    {
        try
        {
            return path is null || !File.Exists(path) ? [] : [.. File.ReadLines(path).Select(Parse).OfType<string>().TakeLast(limit)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>A line that two sessions wrote into each other is left out.</summary>
    private static string? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
