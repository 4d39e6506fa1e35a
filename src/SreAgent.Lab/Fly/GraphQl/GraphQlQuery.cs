namespace SreAgent.Lab.Fly.GraphQl;

/// <summary>One field that is asked for (graphql-spec, 2.5).</summary>
/// <param name="Alias">The name its answer goes by.</param>
/// <param name="Arguments">Text, whole numbers, booleans or null; variables are filled in.</param>
/// <param name="Line">Where it stands, from one.</param>
internal sealed record GraphQlField(
    string Alias, string Name, IReadOnlyDictionary<string, object?> Arguments, IReadOnlyList<GraphQlField> Fields, int Line, int Column);

/// <summary>The text is not a query, or one of a kind that is not simulated.</summary>
internal sealed class GraphQlSyntaxException : Exception
{
    public GraphQlSyntaxException()
    {
    }

    public GraphQlSyntaxException(string message)
        : base(message)
    {
    }

    public GraphQlSyntaxException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
