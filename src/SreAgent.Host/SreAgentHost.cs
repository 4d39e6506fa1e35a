namespace SreAgent.Host;

/// <summary>The executable, without its process: arguments in, exit status out. Tests run it in process.</summary>
public static class SreAgentHost
{
    public static Task<int> RunAsync(string[] args) => Task.FromResult(args.Length == 0 ? 0 : 2);
}
