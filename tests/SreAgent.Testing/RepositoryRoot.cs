namespace SreAgent.Testing;

/// <summary>The folder of the solution, found upwards from the tests' output: for tests of what is committed there.</summary>
public static class RepositoryRoot
{
    public static string Folder { get; } = Find();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Folder, .. parts]);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "SreAgent.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException($"No SreAgent.sln is above {AppContext.BaseDirectory}.");
    }
}
