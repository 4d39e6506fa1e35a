namespace SreAgent.Integrations.Tests.Fly;

/// <summary>A program called flyctl that writes down how it was called and then does what a test says.</summary>
internal sealed class FakeFlyctl : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fake-flyctl-");

    /// <param name="deploy">Shell commands run for <c>deploy</c>.</param>
    public FakeFlyctl(string deploy)
    {
        File.WriteAllText(
            Path,
            $$"""
            #!/bin/sh
            if [ "$1" = version ]; then echo '{"Name":"flyctl","Version":"0.3.200"}'; exit 0; fi
            for a in "$@"; do printf '%s\n' "$a"; done > '{{_folder.FullName}}/argv'
            env > '{{_folder.FullName}}/env'
            pwd > '{{_folder.FullName}}/pwd'
            echo run >> '{{_folder.FullName}}/runs'
            {{deploy}}
            """);
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The stand-in for flyctl is a shell script.");
        }

        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path => System.IO.Path.Combine(_folder.FullName, "flyctl");

    public string[] Arguments => File.ReadAllLines(System.IO.Path.Combine(_folder.FullName, "argv"));

    public string[] Environment => File.ReadAllLines(System.IO.Path.Combine(_folder.FullName, "env"));

    public int Runs => File.Exists(System.IO.Path.Combine(_folder.FullName, "runs")) ? File.ReadAllLines(System.IO.Path.Combine(_folder.FullName, "runs")).Length : 0;

    public string Beside(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
