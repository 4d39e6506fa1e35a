namespace SreAgent.Integrations.Http;

/// <summary>
/// A secret from the settings or from a file. A file is read again when it has changed, so that a rotated token needs no restart.
/// Never prints itself.
/// </summary>
internal sealed class SecretValue
{
    private readonly Lock _reading = new();
    private readonly string? _file;
    private string? _value;
    private (DateTime Written, long Length) _seen;

    private SecretValue(string? value, string? file) => (_value, _file) = (value, file);

    public static SecretValue Literal(string value) => new(value, file: null);

    public static SecretValue InFile(string path) => new(value: null, path);

    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read it.</exception>
    public string Read()
    {
        if (_file is null)
        {
            return _value!;
        }

        lock (_reading)
        {
            // Mounted secrets are links that are switched: follow them to see the change.
            var info = new FileInfo(_file);
            var target = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
            var seen = (target.LastWriteTimeUtc, target.Exists ? target.Length : -1);
            if (_value is null || seen != _seen)
            {
                _value = File.ReadAllText(_file).Trim();
                _seen = seen;
            }

            return _value;
        }
    }

    /// <summary>Absent when it cannot be read now.</summary>
    public string? TryRead()
    {
        try
        {
            return Read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return _value;
        }
    }

    public override string ToString() => _file is null ? "[secret]" : $"[secret in {_file}]";
}
