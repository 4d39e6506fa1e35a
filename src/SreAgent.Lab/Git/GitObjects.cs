using System.Security.Cryptography;
using System.Text;

namespace SreAgent.Lab.Git;

/// <summary>
/// The names git gives to content, files and commits (gitformat-pack, "git help hash-object"): SHA-1 over a header and the bytes. So image
/// labels, a simulated code host and a real repository tell one story with the same hashes. Every file counts as plain text, mode 100644.
/// </summary>
internal static class GitObjects
{
    /// <summary>What a login's commits are signed with.</summary>
    public static string EmailOf(string author) => $"{author.Replace(' ', '.')}@users.noreply.lab.example";

    /// <summary>Who and when, as a commit says it; in UTC, to the second.</summary>
    public static string Signature(string author, DateTimeOffset at) => $"{author} <{EmailOf(author)}> {at.ToUnixTimeSeconds()} +0000";

    public static string BlobId(string content) => Id("blob", Encoding.UTF8.GetBytes(content));

    /// <param name="files">Path to content; at least one.</param>
    public static string TreeId(IEnumerable<KeyValuePair<string, string>> files)
    {
        // Git orders by bytes, a folder as if its name ended in a slash.
        var entries = files
            .GroupBy(file => file.Key.Split('/', 2)[0], StringComparer.Ordinal)
            .Select(group => group.First().Key == group.Key
                ? new TreeEntry("100644", group.Key, group.Key, BlobId(group.First().Value))
                : new TreeEntry("40000", group.Key, group.Key + "/", TreeId(group.Select(file => KeyValuePair.Create(file.Key[(group.Key.Length + 1)..], file.Value)))))
            .OrderBy(entry => Encoding.UTF8.GetBytes(entry.Order), Comparer<byte[]>.Create(static (left, right) => left.AsSpan().SequenceCompareTo(right)));
        return Id("tree", [.. entries.SelectMany(entry => (byte[])[.. Encoding.UTF8.GetBytes($"{entry.Mode} {entry.Name}\0"), .. Convert.FromHexString(entry.Id)])]);
    }

    /// <param name="message">Without the line break it ends with.</param>
    public static string CommitId(string tree, IEnumerable<string> parents, string author, DateTimeOffset at, string message)
    {
        var signature = Signature(author, at);
        return Id("commit", Encoding.UTF8.GetBytes($"tree {tree}\n{string.Concat(parents.Select(parent => $"parent {parent}\n"))}author {signature}\ncommitter {signature}\n\n{message}\n"));
    }

    /// <summary>Git's choice of hash; nothing here rests on its strength.</summary>
    private static string Id(string type, byte[] content) =>
        Convert.ToHexStringLower(CryptographicOperations.HashData(HashAlgorithmName.SHA1, [.. Encoding.ASCII.GetBytes($"{type} {content.Length}\0"), .. content]));

    /// <param name="Order">What it is sorted by.</param>
    private sealed record TreeEntry(string Mode, string Name, string Order, string Id);
}
