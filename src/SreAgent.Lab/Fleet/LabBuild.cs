using System.Security.Cryptography;
using System.Text;

namespace SreAgent.Lab.Fleet;

/// <summary>An image of the lab's registry with the commit it was built from, for a registry and a code host to be seeded with.</summary>
/// <param name="IsGreen">Lint, tests and build of the commit passed.</param>
public sealed record LabBuild(LabImage Image, LabCommit Commit, bool IsGreen);

/// <param name="Id">Full hash, 40 hexadecimal digits.</param>
/// <param name="Author">Login.</param>
/// <param name="Message">Subject, and after a blank line the body if there is one.</param>
/// <param name="Files">Path to the new content, or to null where a file goes.</param>
public sealed record LabCommit(string Id, string Author, DateTimeOffset Date, string Message, IReadOnlyDictionary<string, string?> Files)
{
    /// <summary>A hash that is always the same for an application and tag.</summary>
    public static string IdOf(string app, string tag) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"commit {app} {tag}")))[..40];
}
