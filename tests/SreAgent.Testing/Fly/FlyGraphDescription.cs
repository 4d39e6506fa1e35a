using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SreAgent.Lab.Fly.GraphQl;

namespace SreAgent.Testing.Fly;

/// <summary>The GraphQL schema Fly publishes, as far as holding a query against it takes: types, their fields, and the fields' arguments.</summary>
public static partial class FlyGraphDescription
{
    private static readonly Lazy<string> Schema = new(() =>
        Decoration().Replace(File.ReadAllText(RepositoryRoot.Path("tests", "specs", "fly", "graphql-schema.graphql")), ""));

    /// <summary>What the query asks for that the schema does not have, a sentence each.</summary>
    /// <param name="body">As posted: <c>{query, variables}</c>.</param>
    public static IReadOnlyList<string> Check(JsonNode body)
    {
        ArgumentNullException.ThrowIfNull(body);
        var fields = GraphQlReader.Read((string)body["query"]!, body["variables"]!.AsObject()); // A request without either fails the test.
        return [.. fields.SelectMany(field => Check("Queries", field))];
    }

    private static IEnumerable<string> Check(string type, GraphQlField field)
    {
        if (Block(type) is not { } block)
        {
            return [$"{type} has no fields, and {field.Name} is asked of it"];
        }

        var found = Regex.Match(block, $@"\n\s+{field.Name}(?<arguments>\([^)]*\))?: (?<type>[\[\]!\w]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        if (!found.Success)
        {
            return [$"{type} has no field {field.Name}"];
        }

        var own = found.Groups["type"].Value.Trim('[', ']', '!');
        var unknown = field.Arguments.Keys.Where(name => !Regex.IsMatch(found.Groups["arguments"].Value, $@"\b{name}: ", RegexOptions.None, TimeSpan.FromSeconds(1)));
        return
        [
            .. unknown.Select(name => $"{type}.{field.Name} has no argument {name}"),
            .. field.Fields.Count == 0 && Block(own) is not null ? [$"{type}.{field.Name} is a {own}, and nothing of it is asked"] : Array.Empty<string>(),
            .. field.Fields.SelectMany(inner => Check(own, inner)),
        ];
    }

    private static string? Block(string type)
    {
        var start = Schema.Value.IndexOf($"\ntype {type} ", StringComparison.Ordinal);
        return start < 0 ? null : Schema.Value[start..Schema.Value.IndexOf("\n}", start, StringComparison.Ordinal)];
    }

    /// <summary>Descriptions, and what is said of deprecation.</summary>
    [GeneratedRegex("\"\"\"[\\s\\S]*?\"\"\"| @deprecated\\(reason: \"[^\"]*\"\\)", RegexOptions.None, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Decoration();
}
