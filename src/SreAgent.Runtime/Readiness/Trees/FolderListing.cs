using System.IO.Enumeration;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Trees;

/// <summary>
/// Walks a folder level by level, so that a limit leaves out what lies deepest. Links are never followed; what cannot be looked into is told.
/// </summary>
/// <param name="root">Absolute, with links in it resolved.</param>
/// <param name="most">Files and folders together.</param>
internal sealed class FolderListing(string root, int most)
{
    // What version control keeps for itself is no part of what it keeps.
    private static readonly HashSet<string> Internals = new(StringComparer.OrdinalIgnoreCase) { ".git", ".hg", ".svn", ".bzr", ".jj", "_darcs" };

    private const int AtOnce = 8;

    private static readonly EnumerationOptions OneFolder = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false };

    private readonly List<SourceEntry> _files = [];
    private readonly Queue<string> _folders = new([""]);
    private readonly SkippedPlaces _links = new("a link, which is not followed");
    private readonly SkippedPlaces _closed = new("may not be opened");
    private int _seen;

    public SourceListing Walk(CancellationToken cancellationToken)
    {
        while (_folders.Count > 0 && _seen < most)
        {
            // What each holds is taken in their order, so that the limit always leaves out the same.
            var folders = Enumerable.Range(0, Math.Min(AtOnce, _folders.Count)).Select(_ => _folders.Dequeue()).ToArray();
            var contents = new Contents[folders.Length];
            Parallel.For(0, folders.Length, new ParallelOptions { CancellationToken = cancellationToken }, i => contents[i] = Look(folders[i], most - _seen));
            for (var i = 0; i < folders.Length; i++)
            {
                Take(folders[i], contents[i]);
            }
        }

        _files.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return new SourceListing(_files, [.. _closed.Lines, .. _links.Lines, .. Beyond()]);
    }

    private Contents Look(string folder, int left)
    {
        var found = new List<Found>();
        try
        {
            foreach (var entry in new FileSystemEnumerable<Found>(folder.Length == 0 ? root : Path.Combine(root, folder), Found.Of, OneFolder))
            {
                if (found.Count == left)
                {
                    return new Contents(found, Whole: false, Closed: false);
                }

                if (!Internals.Contains(entry.Name))
                {
                    found.Add(entry);
                }
            }

            return new Contents(found, Whole: true, Closed: false);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            // Closed, or gone since its parent was read.
            return new Contents(found, Whole: true, Closed: true);
        }
    }

    private void Take(string folder, Contents contents)
    {
        foreach (var found in contents.Found)
        {
            if (_seen == most)
            {
                // The rest of this folder is among what is told to be beyond the limit.
                _folders.Enqueue(folder);
                return;
            }

            Take(folder.Length == 0 ? found.Name : $"{folder}/{found.Name}", found);
        }

        if (contents.Closed)
        {
            _closed.Add(folder.Length == 0 ? "." : folder);
        }
        else if (!contents.Whole)
        {
            _folders.Enqueue(folder);
        }
    }

    private void Take(string path, Found found)
    {
        _seen++;
        if (found.IsLink)
        {
            _links.Add(path);
        }
        else if (found.IsFolder)
        {
            _folders.Enqueue(path);
        }
        else
        {
            _files.Add(new SourceEntry(path, found.Size));
        }
    }

    private IEnumerable<string> Beyond() => _folders.Count == 0 ? [] :
        [$"more than {most:N0} files and folders: not all of {string.Join(", ", _folders.Take(5).Select(folder => folder.Length == 0 ? "." : folder))}{(_folders.Count > 5 ? $" and {_folders.Count - 5:N0} more folders" : "")} was listed"];

    /// <param name="Whole">False when there is more in it than the limit leaves.</param>
    /// <param name="Closed">It could not be looked into, or not to its end.</param>
    private sealed record Contents(IReadOnlyList<Found> Found, bool Whole, bool Closed);

    private readonly record struct Found(string Name, long Size, bool IsFolder, bool IsLink)
    {
        public static Found Of(ref FileSystemEntry entry)
        {
            var attributes = entry.Attributes;
            var isLink = attributes.HasFlag(FileAttributes.ReparsePoint);
            return new Found(entry.FileName.ToString(), isLink || entry.IsDirectory ? 0 : entry.Length, entry.IsDirectory, isLink);
        }
    }
}
