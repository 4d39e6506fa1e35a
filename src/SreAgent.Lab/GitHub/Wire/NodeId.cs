using System.Text;

namespace SreAgent.Lab.GitHub.Wire;

/// <summary>The global ids GitHub's other interface uses; here only unlike one another.</summary>
internal static class NodeId
{
    public static string Of(string kind, object id) => $"{kind}_{Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}")).TrimEnd('=')}";
}
