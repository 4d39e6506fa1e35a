using System.Text.Json.Nodes;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.GraphQl;

/// <summary>
/// The part of the vendor's graph that is simulated: applications and their releases. Any other field is answered as one that does not
/// exist.
/// </summary>
internal sealed class FlyGraph
{
    private const int PageByDefault = 25;

    private readonly FlyWorld _world;

    public FlyGraph(FlyWorld world)
    {
        _world = world;
        Types = new Dictionary<string, IReadOnlyDictionary<string, Member>>(StringComparer.Ordinal)
        {
            ["Queries"] = Members<FlyWorld>(("app", "App", (_, arguments) => App(arguments))),
            ["App"] = Members<FlyApplication>(
                ("id", "ID!", (app, _) => app.Id),
                ("name", "String!", (app, _) => app.Name),
                ("status", "String!", (app, _) => app.Machines.Exists(machine => machine.State is "started") ? "deployed" : "suspended"),
                ("deployed", "Boolean!", (app, _) => app.Releases.Count > 0),
                ("platformVersion", "PlatformVersionEnum", (_, _) => "machines"),
                ("organization", "Organization!", (_, _) => world.Seed),
                ("currentReleaseUnprocessed", "ReleaseUnprocessed", (app, _) => app.Releases.LastOrDefault(release => release.IsStable)),
                ("releases", "ReleaseConnection!", (app, arguments) => Page(app, arguments)),
                ("releasesUnprocessed", "ReleaseUnprocessedConnection!", (app, arguments) => Page(app, arguments))),
            ["Organization"] = Members<FlySeed>(("slug", "String!", (seed, _) => seed.Organization), ("name", "String!", (seed, _) => seed.Organization)),
            ["ReleaseConnection"] = Members<FlyRelease[]>(("nodes", "[Release]", (page, _) => page)),
            ["ReleaseUnprocessedConnection"] = Members<FlyRelease[]>(("nodes", "[ReleaseUnprocessed]", (page, _) => page)),
            ["Release"] = ReleaseMembers(),
            ["ReleaseUnprocessed"] = new Dictionary<string, Member>(ReleaseMembers(), StringComparer.Ordinal)
            {
                ["configDefinition"] = new("JSON", (release, _) => ((FlyRelease)release).Definition),
            },
            ["User"] = Members<string>(("id", "ID!", (user, _) => FlyIds.Hash(user)[..16]), ("email", "String!", (user, _) => user), ("name", "String", (user, _) => user)),
        };
    }

    /// <summary>Types by name, each with its fields: the field's type as the vendor's schema spells it, and how its value is found.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyDictionary<string, Member>> Types { get; }

    public JsonObject Answer(string query, JsonObject variables)
    {
        IReadOnlyList<GraphQlField> fields;
        try
        {
            fields = GraphQlReader.Read(query, variables);
        }
        catch (GraphQlSyntaxException e)
        {
            return Errors([new JsonObject { ["message"] = e.Message }]);
        }

        var unknown = fields.SelectMany(field => Unknown("Queries", field, "query")).ToArray();
        if (unknown.Length > 0)
        {
            return Errors(unknown);
        }

        lock (_world.Access)
        {
            try
            {
                return new JsonObject { ["data"] = Show("Queries", _world, fields) };
            }
            catch (FlyRefusalException refusal)
            {
                var answer = Errors([new JsonObject
                {
                    ["message"] = refusal.Message,
                    ["path"] = new JsonArray(fields[0].Alias),
                    ["extensions"] = new JsonObject { ["code"] = "NOT_FOUND" },
                }]);
                answer["data"] = new JsonObject { [fields[0].Alias] = null };
                return answer;
            }
        }
    }

    private IEnumerable<JsonObject> Unknown(string type, GraphQlField field, string path)
    {
        if (field.Name is "__typename")
        {
            return [];
        }

        if (!Types[type].TryGetValue(field.Name, out var member))
        {
            return [Error(field, path, $"Field '{field.Name}' doesn't exist on type '{type}'", "undefinedField", type)];
        }

        var isObject = Types.ContainsKey(member.Named);
        return isObject == field.Fields.Count > 0
            ? field.Fields.SelectMany(inner => Unknown(member.Named, inner, $"{path}.{field.Alias}"))
            : [Error(field, path, $"Field '{field.Name}' {(isObject ? "must" : "must not")} have a selection of subfields", "selectionMismatch", type)];
    }

    private static JsonObject Error(GraphQlField field, string path, string message, string code, string type) => new()
    {
        ["message"] = message,
        ["locations"] = new JsonArray(new JsonObject { ["line"] = field.Line, ["column"] = field.Column }),
        ["path"] = new JsonArray([.. path.Split('.').Append(field.Alias).Select(part => (JsonNode)part)]),
        ["extensions"] = new JsonObject { ["code"] = code, ["typeName"] = type, ["fieldName"] = field.Name },
    };

    private static JsonObject Errors(IEnumerable<JsonObject> errors) => new() { ["errors"] = new JsonArray([.. errors]) };

    private JsonObject Show(string type, object of, IReadOnlyList<GraphQlField> fields)
    {
        var shown = new JsonObject();
        foreach (var field in fields)
        {
            shown[field.Alias] = field.Name is "__typename" ? type : Show(Types[type][field.Name], of, field);
        }

        return shown;
    }

    private JsonNode? Show(Member member, object of, GraphQlField field) => member.Find(of, field.Arguments) switch
    {
        null => null,
        object[] many when member.IsList => new JsonArray([.. many.Select(one => Show(member.Named, one, field.Fields))]),
        var one when Types.ContainsKey(member.Named) => Show(member.Named, one, field.Fields),
        JsonNode json => json.DeepClone(),
        string text => text,
        int number => number,
        bool flag => flag,
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no value of a graph."),
    };

    private FlyApplication App(IReadOnlyDictionary<string, object?> arguments) =>
        arguments.GetValueOrDefault("name") is string name && _world.Apps.GetValueOrDefault(name) is { } app
            ? app
            : throw new FlyRefusalException(404, "Could not find App");

    /// <summary>Newest first.</summary>
    private static FlyRelease[] Page(FlyApplication app, IReadOnlyDictionary<string, object?> arguments)
    {
        var status = arguments.GetValueOrDefault("status") as string;
        return [.. app.Releases.Reverse()
            .Where(release => status is null || string.Equals(release.Status, status, StringComparison.Ordinal))
            .Take(arguments.GetValueOrDefault("first") as int? ?? PageByDefault)];
    }

    private static Dictionary<string, Member> ReleaseMembers() => Members<FlyRelease>(
        ("id", "ID!", (release, _) => release.Id),
        ("version", "Int!", (release, _) => release.Version),
        ("status", "String!", (release, _) => release.Status),
        ("stable", "Boolean!", (release, _) => release.IsStable),
        ("inProgress", "Boolean!", (release, _) => release.IsInProgress),
        ("imageRef", "String", (release, _) => release.Image),
        ("reason", "String!", (_, _) => "deploy"),
        ("description", "String!", (_, _) => "Release"),
        ("deploymentStrategy", "DeploymentStrategy!", (release, _) => release.Strategy),
        ("createdAt", "ISO8601DateTime!", (release, _) => release.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")),
        ("user", "User", (release, _) => release.User));

    private static Dictionary<string, Member> Members<T>(params (string Name, string Type, Func<T, IReadOnlyDictionary<string, object?>, object?> Find)[] members) =>
        members.ToDictionary(member => member.Name, member => new Member(member.Type, (of, arguments) => member.Find((T)of, arguments)), StringComparer.Ordinal);

    /// <param name="Type">As the vendor's schema spells it.</param>
    internal sealed record Member(string Type, Func<object, IReadOnlyDictionary<string, object?>, object?> Find)
    {
        /// <summary>The type without list and non-null marks.</summary>
        public string Named { get; } = Type.Trim('[', ']', '!');

        public bool IsList => Type.StartsWith('[');
    }
}
