using System.Text.Json;

namespace SreAgent.Core.Toml;

/// <summary>A value of a TOML 1.0 document, with the line it stands on (1-based; 0 when it came from elsewhere).</summary>
public abstract record TomlValue(int Line)
{
    /// <summary>For sentences: <c>a table</c>, <c>text</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>A platform's own record of a configuration has the names and nesting of its TOML form.</summary>
    /// <returns>Absent for null, which TOML does not have.</returns>
    public static TomlValue? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => TableFrom(json),
        JsonValueKind.Array => new TomlArray([.. json.EnumerateArray().Select(From).OfType<TomlValue>()], 0),
        JsonValueKind.String => new TomlText(json.GetString()!, 0),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? new TomlWhole(whole, 0) : new TomlReal(json.GetDouble(), 0),
        JsonValueKind.True or JsonValueKind.False => new TomlFlag(json.GetBoolean(), 0),
        _ => null,
    };

    private static TomlTable TableFrom(JsonElement json)
    {
        var table = new TomlTable(0);
        foreach (var property in json.EnumerateObject())
        {
            if (From(property.Value) is { } value)
            {
                table.Set(property.Name, value);
            }
        }

        return table;
    }
}

public sealed record TomlText(string Value, int Line) : TomlValue(Line)
{
    public override string Kind => "text";
}

public sealed record TomlWhole(long Value, int Line) : TomlValue(Line)
{
    public override string Kind => "a whole number";
}

public sealed record TomlReal(double Value, int Line) : TomlValue(Line)
{
    public override string Kind => "a number";
}

public sealed record TomlFlag(bool Value, int Line) : TomlValue(Line)
{
    public override string Kind => "true or false";
}

/// <param name="Text">RFC 3339, or its date or time part alone, as written; checked to be a real moment.</param>
public sealed record TomlMoment(string Text, int Line) : TomlValue(Line)
{
    public override string Kind => "a date or time";
}

public sealed record TomlArray(IReadOnlyList<TomlValue> Items, int Line) : TomlValue(Line)
{
    public override string Kind => "an array";
}

/// <summary>Names to values, in the order they were written.</summary>
public sealed record TomlTable(int Line) : TomlValue(Line)
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, TomlValue> _values = new(StringComparer.Ordinal);

    public override string Kind => "a table";

    public IReadOnlyList<string> Names => _names;

    public TomlValue? this[string name] => _values.GetValueOrDefault(name);

    /// <returns>False when the name is taken.</returns>
    public bool Set(string name, TomlValue value)
    {
        if (!_values.TryAdd(name, value))
        {
            return false;
        }

        _names.Add(name);
        return true;
    }
}

/// <summary>Text that is not TOML.</summary>
public sealed class TomlException : Exception
{
    public TomlException()
    {
    }

    public TomlException(string message)
        : base(message)
    {
    }

    public TomlException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public TomlException(int line, string problem)
        : base($"line {line}: {problem}") => Line = line;

    /// <summary>1-based.</summary>
    public int Line { get; }
}
