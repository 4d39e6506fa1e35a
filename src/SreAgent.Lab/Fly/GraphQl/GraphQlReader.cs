using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SreAgent.Lab.Fly.GraphQl;

/// <summary>Reads a query document: fields with aliases, arguments, variables and fragments. Mutations, directives and lists are not simulated.</summary>
internal sealed partial class GraphQlReader
{
    private readonly string _text;
    private readonly JsonObject _variables;
    private readonly List<Match> _tokens;
    private readonly Dictionary<string, int> _fragments = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private int _at;

    private GraphQlReader(string text, JsonObject variables)
    {
        (_text, _variables) = (text, variables);
        _tokens = [.. Tokens().Matches(text).Where(token => !token.Groups["ignored"].Success)];
        for (var i = 0; i + 1 < _tokens.Count; i++)
        {
            if (_tokens[i].Value is "fragment")
            {
                _fragments[_tokens[i + 1].Value] = i + 4; // fragment Name on Type {
            }
        }
    }

    /// <exception cref="GraphQlSyntaxException">It cannot be read.</exception>
    public static IReadOnlyList<GraphQlField> Read(string text, JsonObject variables) => new GraphQlReader(text, variables).Operation();

    private IReadOnlyList<GraphQlField> Operation()
    {
        if (Peek is "mutation" or "subscription")
        {
            throw new GraphQlSyntaxException($"The simulated Fly answers queries only, not a {Peek}.");
        }

        if (Peek is "query")
        {
            while (Peek is not "{")
            {
                Next(); // A name, and declarations of variables; their values speak for themselves.
            }
        }

        return Selection();
    }

    private List<GraphQlField> Selection()
    {
        Expect("{");
        var fields = new List<GraphQlField>();
        while (Peek is not "}")
        {
            if (Peek is "...")
            {
                Next();
                fields.AddRange(Spread());
            }
            else
            {
                fields.Add(Field());
            }
        }

        Next();
        return fields;
    }

    private List<GraphQlField> Spread()
    {
        var name = Next();
        if (name is "on")
        {
            Next();
            return Selection();
        }

        if (!_fragments.TryGetValue(name, out var at) || !_open.Add(name))
        {
            throw new GraphQlSyntaxException($"Fragment {name} was used, but not defined, or contains itself.");
        }

        var back = _at;
        _at = at;
        var fields = Selection();
        _at = back;
        _open.Remove(name);
        return fields;
    }

    private GraphQlField Field()
    {
        var (line, column) = Place(_at);
        var alias = Name();
        var name = alias;
        if (Peek is ":")
        {
            Next();
            name = Name();
        }

        var arguments = Peek is "(" ? Arguments() : [];
        if (Peek.StartsWith('@'))
        {
            throw new GraphQlSyntaxException($"The simulated Fly knows no directives, such as {Peek}.");
        }

        return new GraphQlField(alias, name, arguments, Peek is "{" ? Selection() : [], line, column);
    }

    private Dictionary<string, object?> Arguments()
    {
        Expect("(");
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (Peek is not ")")
        {
            var name = Name();
            Expect(":");
            arguments[name] = Value(Next());
        }

        Next();
        return arguments;
    }

    private object? Value(string token) => token switch
    {
        "null" => null,
        "true" => true,
        "false" => false,
        ['"', ..] => JsonSerializer.Deserialize<string>(token),
        ['$', .. var variable] => Variable(variable),
        _ when int.TryParse(token, out var number) => number,
        _ when char.IsAsciiLetter(token[0]) => token,
        _ => throw new GraphQlSyntaxException($"The simulated Fly does not take {token} as an argument."),
    };

    private object? Variable(string name) => _variables[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) => number,
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => throw new GraphQlSyntaxException($"The simulated Fly takes only plain values, and ${name} is none."),
    };

    private string Peek => _at < _tokens.Count ? _tokens[_at].Value : throw new GraphQlSyntaxException("Unexpected end of document");

    private string Next()
    {
        var token = Peek;
        _at++;
        return token;
    }

    private string Name() =>
        char.IsAsciiLetter(Peek[0]) || Peek[0] == '_' ? Next() : throw new GraphQlSyntaxException($"Expected a name, actual: {Peek} at [{Place(_at).Line}, {Place(_at).Column}]");

    private void Expect(string token)
    {
        if (!string.Equals(Peek, token, StringComparison.Ordinal))
        {
            throw new GraphQlSyntaxException($"Expected {token}, actual: {Peek} at [{Place(_at).Line}, {Place(_at).Column}]");
        }

        _at++;
    }

    private (int Line, int Column) Place(int token)
    {
        var before = _text.AsSpan(0, _tokens[token].Index);
        return (before.Count('\n') + 1, before.Length - (before.LastIndexOf('\n') + 1) + 1);
    }

    [GeneratedRegex(
        """(?<ignored>[\s,]+|#[^\n]*)|\.\.\.|[{}()\[\]:=!|]|[$@][A-Za-z_]\w*|[A-Za-z_]\w*|-?\d+(\.\d+)?|"([^"\\\n]|\\.)*"|.""",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tokens();
}
