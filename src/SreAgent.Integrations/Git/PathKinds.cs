namespace SreAgent.Integrations.Git;

internal enum PathKind
{
    Missing = 0,
    File,
    Folder,

    /// <summary>A link, or anything else that leads elsewhere. Never followed.</summary>
    Link,
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
                : PathKind.File;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return PathKind.Missing;
        }
    }
}
