using System.Globalization;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Reading;

/// <summary>What was not looked at, told so that a reader sees what it was without reading a thousand lines.</summary>
internal sealed class SkippedFiles(IReadOnlyList<string> before)
{
    private const int MostPaths = 10;
    private const int MostFolders = 25;
    private const int MostKinds = 8;

    private readonly Dictionary<string, (List<string> Paths, int Count)> _reasons = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Folder, FileOrigin Origin), int> _folders = [];
    private readonly Dictionary<string, int> _kinds = new(StringComparer.OrdinalIgnoreCase);

    public void Add(string path, string reason)
    {
        var (paths, count) = _reasons.GetValueOrDefault(reason, ([], 0));
        if (paths.Count < MostPaths)
        {
            paths.Add(path);
        }

        _reasons[reason] = (paths, count + 1);
    }

    /// <summary>It is not the service's own, or no reader asked for it.</summary>
    /// <param name="folder">How much of the path is the folder that decided its origin; 0 when its name did.</param>
    public void AddUnasked(string path, FileOrigin origin, int folder)
    {
        if (folder > 0)
        {
            var key = (path[..folder], origin);
            _folders[key] = _folders.GetValueOrDefault(key) + 1;
            return;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        var kind = origin == FileOrigin.Test ? "tests" : origin == FileOrigin.Generated ? "made by tools" : name.LastIndexOf('.') is > 0 and var dot ? name[dot..] : "without an ending";
        _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
    }

    public IReadOnlyList<string> Describe()
    {
        var lines = new List<string>(before);
        foreach (var (reason, (paths, count)) in _reasons)
        {
            lines.AddRange(count <= MostPaths
                ? paths.Select(path => $"{path}: {reason}")
                : [$"{Number(count)} files: {reason} ({string.Join(", ", paths.Take(3))}, ...)"]);
        }

        DescribeFolders(lines);
        if (_kinds.Count > 0)
        {
            var most = _kinds.OrderByDescending(kind => kind.Value).ThenBy(kind => kind.Key, StringComparer.Ordinal).ToArray();
            var others = most.Skip(MostKinds).Sum(kind => kind.Value);
            lines.Add($"{Number(_kinds.Values.Sum())} file{(_kinds.Values.Sum() == 1 ? "" : "s")} of kinds that nothing is read from: {string.Join(", ", most.Take(MostKinds).Select(kind => $"{Number(kind.Value)} {kind.Key}"))}{(others > 0 ? $", {Number(others)} others" : "")}");
        }

        return lines;
    }

    private void DescribeFolders(List<string> lines)
    {
        var folders = _folders.OrderByDescending(folder => folder.Value).ThenBy(folder => folder.Key.Folder, StringComparer.Ordinal).ToArray();
        lines.AddRange(folders.Take(MostFolders).OrderBy(folder => folder.Key.Folder, StringComparer.Ordinal).Select(folder => $"{folder.Key.Folder}: {Number(folder.Value)} file{(folder.Value == 1 ? "" : "s")}, {Why(folder.Key.Origin)}"));
        if (folders.Length > MostFolders)
        {
            lines.Add($"{Number(folders.Length - MostFolders)} more folders of other people's code, build results, examples and tests: {Number(folders.Skip(MostFolders).Sum(folder => folder.Value))} files");
        }
    }

    private static string Why(FileOrigin origin) => origin switch
    {
        FileOrigin.ThirdParty => "third-party code",
        FileOrigin.Generated => "made by tools",
        FileOrigin.Example => "for others to copy or install",
        FileOrigin.Workstation => "for work on a developer's machine",
        _ => "tests and what they read",
    };

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
