namespace SreAgent.Flyctl;

/// <summary>What stands on the command line, by the vendor's rules: an option it does not know is an error.</summary>
internal sealed class FlyctlArguments
{
    private static readonly Dictionary<string, string> Short = new(StringComparer.Ordinal)
    {
        ["-a"] = "--app",
        ["-c"] = "--config",
        ["-i"] = "--image",
        ["-e"] = "--env",
        ["-t"] = "--access-token",
        ["-y"] = "--yes",
        ["-j"] = "--json",
        ["-n"] = "--no-tail",
    };

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private FlyctlArguments(IReadOnlyList<string> words) => Words = words;

    /// <summary>What is no option.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <param name="valued">Options that take a value.</param>
    /// <param name="flags">Options that may take one, after <c>=</c>.</param>
    public static FlyctlArguments Read(IReadOnlyList<string> arguments, IReadOnlySet<string> valued, IReadOnlySet<string> flags)
    {
        var words = new List<string>();
        var read = new FlyctlArguments(words);
        for (var i = 0; i < arguments.Count; i++)
        {
            var parts = arguments[i].Split('=', 2);
            var name = Short.GetValueOrDefault(parts[0], parts[0]);
            if (!name.StartsWith('-'))
            {
                words.Add(arguments[i]);
            }
            else if (flags.Contains(name))
            {
                read._values[name] = parts is [_, var set] ? set : "true";
            }
            else if (!valued.Contains(name))
            {
                throw new FlyctlException($"unknown flag: {parts[0]}");
            }
            else if (parts is [_, var given])
            {
                read._values[name] = given;
            }
            else
            {
                read._values[name] = ++i < arguments.Count ? arguments[i] : throw new FlyctlException($"flag needs an argument: {parts[0]}");
            }
        }

        return read;
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public bool Has(string name) => _values.GetValueOrDefault(name) is not (null or "false");
}
