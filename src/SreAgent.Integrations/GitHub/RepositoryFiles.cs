using System.Text;
using SreAgent.Core.Tools;

namespace SreAgent.Integrations.GitHub;

/// <summary>Files of a repository as text. A 404 is believed only where the commit itself can be seen: GitHub hides with the same number.</summary>
internal sealed class RepositoryFiles(IGitHubApi api)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A file, or a folder's entries. Null when there is neither.</summary>
    public async Task<IReadOnlyList<ApiContent>?> FindAsync(RepositoryName repository, string path, string? reference, CancellationToken cancellationToken)
    {
        var found = await api.ContentsAsync(repository, path, reference, cancellationToken);
        if (found is null)
        {
            await api.CommitAsync(repository, reference ?? "HEAD", cancellationToken);
        }

        return found;
    }

    /// <exception cref="ToolException">Not a file, too large for GitHub to send, or not text.</exception>
    public static string Text(RepositoryName repository, ApiContent file)
    {
        var name = $"{repository}:{Excerpt.Line(file.Path, 200)}";
        if (file.Type != "file")
        {
            throw new ToolException($"{name} is a {file.Type}, not a file.");
        }

        if (file.Encoding != "base64" || file.Content is null)
        {
            throw new ToolException($"{name} has {file.Size:N0} bytes; GitHub sends files of up to 1 MB this way. Read it in a worktree.");
        }

        try
        {
            var text = Strict.GetString(Convert.FromBase64String(file.Content));
            return text.Contains('\0', StringComparison.Ordinal) ? throw NotText(null) : text.TrimStart('\uFEFF');
        }
        catch (Exception e) when (e is DecoderFallbackException or FormatException)
        {
            throw NotText(e);
        }

        ToolException NotText(Exception? cause) => new($"{name} ({file.Size:N0} bytes) is not text in UTF-8.", cause!);
    }
}
