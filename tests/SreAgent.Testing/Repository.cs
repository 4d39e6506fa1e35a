namespace SreAgent.Testing;

/// <summary>Files of the repository, found from wherever a test runs.</summary>
public static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string File(string relative) => Path.Combine(Root, relative);

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "SreAgent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no SreAgent.sln above {from}.");
    }
}
