using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <param name="Problem">Why there is nothing to check at this path.</param>
internal readonly record struct CheckTarget(string Path, DocumentProblem? Problem);

/// <summary>The files that paths given on a command line stand for.</summary>
internal static class CheckTargets
{
    /// <param name="paths">Files are taken as they are, folders are searched.</param>
    /// <param name="isWanted">By file name.</param>
    /// <param name="wanted">What that looks for, in words.</param>
    public static IEnumerable<CheckTarget> Of(IReadOnlyList<string> paths, Func<string, bool> isWanted, string wanted)
    {
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                yield return new CheckTarget(path, Problem: null);
                continue;
            }

            IReadOnlyList<string> found = [];
            string? problem = null;
            try
            {
                found = DocumentFinder.Find(path, isWanted);
                problem = found.Count switch
                {
                    0 => $"The folder holds no {wanted}.",
                    DocumentFinder.MostFiles => $"The folder holds more than {DocumentFinder.MostFiles:N0} files; the rest was not looked at.",
                    _ => null,
                };
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problem = $"The folder cannot be read: {exception.Message}";
            }

            if (problem is not null)
            {
                yield return new CheckTarget(path, new DocumentProblem(0, ProblemSeverity.Error, problem));
            }

            var root = Path.GetFullPath(path);
            foreach (var file in found)
            {
                yield return new CheckTarget(Path.Combine(path, Path.GetRelativePath(root, file)), Problem: null);
            }
        }
    }
}
