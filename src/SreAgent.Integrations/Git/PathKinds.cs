using System.Formats.Tar;

namespace SreAgent.Integrations.Git;

internal enum PathKind
{
    Missing = 0,
    File,
    Folder,

    /// <summary>A link, or anything else that leads elsewhere. Never followed.</summary>
    Link,

    /// <summary>A pipe, a device or a socket. Never opened.</summary>
    Special,
}

/// <summary>What stands at a path itself, without following it.</summary>
internal static class PathKinds
{
    public static PathKind Of(string path)
    {
        try
        {
            var attributes = File.GetAttributes(path);
            return attributes.HasFlag(FileAttributes.ReparsePoint) ? PathKind.Link
                : attributes.HasFlag(FileAttributes.Directory) ? PathKind.Folder
                : IsSpecial(path) ? PathKind.Special
                : PathKind.File;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return PathKind.Missing;
        }
    }

    /// <summary>
    /// The framework tells a pipe from an empty file only when it is about to be archived: the header says what it is, without opening it.
    /// </summary>
    private static bool IsSpecial(string path)
    {
        if (OperatingSystem.IsWindows() || new FileInfo(path).Length > 0)
        {
            return false;
        }

        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true);
            writer.WriteEntry(path, "file");
        }
        catch (UnauthorizedAccessException)
        {
            // An empty file nobody may read; what reads it says so.
            return false;
        }
        catch (IOException)
        {
            // A socket, which no archive takes.
            return true;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType is not TarEntryType.RegularFile;
    }
}
