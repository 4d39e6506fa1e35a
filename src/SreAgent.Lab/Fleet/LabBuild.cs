namespace SreAgent.Lab.Fleet;

/// <summary>An image of the lab's registry with the commit it was built from, for a registry and a code host to be seeded with.</summary>
/// <param name="IsGreen">Lint, tests and build of the commit passed.</param>
public sealed record LabBuild(LabImage Image, LabCommit Commit, bool IsGreen);

/// <param name="Id">Full hash, as git computes it.</param>
/// <param name="Author">Login.</param>
/// <param name="Date">To the second.</param>
/// <param name="Message">Subject, and after a blank line the body if there is one.</param>
/// <param name="Files">Path to the new content, or to null where a file goes.</param>
public sealed record LabCommit(string Id, string Author, DateTimeOffset Date, string Message, IReadOnlyDictionary<string, string?> Files);
