using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SreAgent.Testing;

/// <summary>
/// Compares what a test produced with a committed file beside the test: <c>Tests.Test.verified.txt</c>. When it differs or is missing the
/// test fails and the new text lies beside it as <c>.received.txt</c>; rename that to accept it. Same file convention as Verify, so that
/// package can take the files over. <c>SREAGENT_ACCEPT_SNAPSHOTS=1</c> accepts every difference, and says so by failing all the same.
/// </summary>
public static class Snapshot
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="actual">The text; line ends are normalised and one final line end is ignored.</param>
    /// <param name="name">Tells apart several snapshots of one test.</param>
    /// <param name="extension">Without a dot: <c>txt</c>, <c>md</c>, <c>json</c>.</param>
    public static void Verify(
        string actual,
        string? name = null,
        string extension = "txt",
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string test = "")
    {
        ArgumentNullException.ThrowIfNull(actual);
        var stem = Stem(sourceFile, test, name);
        var verified = $"{stem}.verified.{extension}";
        var received = $"{stem}.received.{extension}";
        var wanted = File.Exists(verified) ? Normalise(File.ReadAllText(verified)) : null;
        var got = Normalise(actual);

        if (string.Equals(wanted, got, StringComparison.Ordinal))
        {
            File.Delete(received);
            return;
        }

        var accept = Environment.GetEnvironmentVariable("SREAGENT_ACCEPT_SNAPSHOTS") == "1";
        File.WriteAllText(accept ? verified : received, got + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        Assert.Fail(Explain(wanted, got, accept ? verified : received, accept));
    }

    /// <summary>The value as indented JSON with camel-case names.</summary>
    public static void VerifyJson(
        object value,
        string? name = null,
        [CallerFilePath] string sourceFile = "",
        [CallerMemberName] string test = "") =>
        Verify(JsonSerializer.Serialize(value, Json), name, "json", sourceFile, test);

    private static string Stem(string sourceFile, string test, string? name)
    {
        var suffix = name is null ? "" : "_" + name;
        return Path.Combine(SourceFolder(sourceFile), $"{Path.GetFileNameWithoutExtension(sourceFile)}.{test}{suffix}");
    }

    // A build for continuous integration writes source paths as /_/tests/...; the sources are then found upwards from the test's output.
    private static string SourceFolder(string sourceFile)
    {
        var folder = Path.GetDirectoryName(sourceFile)!;
        return sourceFile.StartsWith("/_/", StringComparison.Ordinal) ? RepositoryRoot.Path(folder[3..]) : folder;
    }

    private static string Normalise(string text) =>
        text.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    private static string Explain(string? wanted, string got, string writtenTo, bool accepted)
    {
        var message = new StringBuilder();
        if (wanted is null)
        {
            message.AppendLine("There is no verified snapshot yet.");
        }
        else
        {
            var (line, before, after) = FirstDifference(wanted.Split('\n'), got.Split('\n'));
            message.AppendLine(CultureInfo.InvariantCulture, $"Differs from the verified snapshot, first at line {line}:")
                .AppendLine(CultureInfo.InvariantCulture, $"  - {before ?? "(end of text)"}")
                .AppendLine(CultureInfo.InvariantCulture, $"  + {after ?? "(end of text)"}");
        }

        return message.Append(accepted
            ? $"Accepted into {writtenTo}; run again."
            : $"Received text: {writtenTo}. Rename it to .verified to accept it.").ToString();
    }

    private static (int Line, string? Before, string? After) FirstDifference(string[] wanted, string[] got)
    {
        var line = 0;
        while (line < wanted.Length && line < got.Length && wanted[line] == got[line])
        {
            line++;
        }

        return (line + 1, wanted.ElementAtOrDefault(line), got.ElementAtOrDefault(line));
    }
}
