using System.Security;
using System.Text;
using SreAgent.Core.Personas;

namespace SreAgent.Runtime.Documents;

/// <summary>
/// A file's text, read so that no file can hurt: never more than <see cref="MaxBytes"/>, never a device or a pipe, line ends made one.
/// </summary>
/// <param name="Text">Absent when there is nothing to use; then one of the problems is an error.</param>
internal sealed record DocumentText(string? Text, IReadOnlyList<DocumentProblem> Problems)
{
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static DocumentText Read(string path)
    {
        try
        {
            // A link's own length says nothing. A pipe or device has length 0 and is therefore never opened.
            var file = new FileInfo(FileIdentity.FinalTarget(path));
            return file switch
            {
                { Exists: false } => Unusable("The file does not exist."),
                { Length: 0 } => Unusable("The file is empty."),
                { Length: > MaxBytes } => Unusable($"The file has {file.Length:N0} bytes; at most {MaxBytes:N0} are read. Move reference material into files of its own."),
                _ => Decode(ReadCapped(file)),
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or SecurityException or ArgumentException or NotSupportedException)
        {
            return Unusable($"The file cannot be read: {exception.Message}");
        }
    }

    public static DocumentText Decode(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        var content = bytes.AsSpan();
        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        if (content.Contains((byte)0))
        {
            return Unusable("The file is not text in UTF-8 (it holds NUL bytes). Save it as UTF-8.");
        }

        try
        {
            return Usable(Strict.GetString(content), []);
        }
        catch (DecoderFallbackException exception)
        {
            var line = 1 + content[..Math.Clamp(exception.Index, 0, content.Length)].Count((byte)'\n');
            return Usable(Encoding.UTF8.GetString(content),
                [new DocumentProblem(line, ProblemSeverity.Warning, "Not valid UTF-8 here; the bytes were replaced. Save the file as UTF-8.")]);
        }
    }

    private static DocumentText Usable(string text, IReadOnlyList<DocumentProblem> problems)
    {
        var normal = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        return string.IsNullOrWhiteSpace(normal) ? Unusable("The file is empty.") : new DocumentText(normal, problems);
    }

    private static DocumentText Unusable(string message) => new(Text: null, [new DocumentProblem(0, ProblemSeverity.Error, message)]);

    // The file may grow between looking and reading.
    private static byte[] ReadCapped(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[MaxBytes];
        var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return buffer[..length];
    }
}
