using System.Text;

namespace SreAgent.Testing;

/// <summary>A folder of text files that lives as long as a test.</summary>
public sealed class DocumentTree : IDisposable
{
    public DocumentTree() => Folder = Directory.CreateTempSubdirectory("sre-agent-tests-").FullName;

    public string Folder { get; }

    public string Path(string relative) => System.IO.Path.Combine(Folder, relative);

    /// <returns>The full path.</returns>
    public string Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    public string Write(string relative, byte[] content)
    {
        var path = Path(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A link at <paramref name="relative"/> that leads to <paramref name="target"/>.</summary>
    public string Link(string relative, string target)
    {
        var path = Path(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        return (Directory.Exists(target) ? Directory.CreateSymbolicLink(path, target) : File.CreateSymbolicLink(path, target)).FullName;
    }

    public void Delete(string relative) => File.Delete(Path(relative));

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
