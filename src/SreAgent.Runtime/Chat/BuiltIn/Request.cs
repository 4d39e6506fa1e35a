namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>
/// Something the built-in responder was asked to do. It keeps no state: what it has called and what came back is in the exchange, so a
/// request goes on after a restart, or after an approval, where it stood.
/// </summary>
internal abstract record Request
{
    /// <summary>What to do next: call tools, or say the answer.</summary>
    public abstract Reply Next(Exchange exchange);
}

/// <summary>A family of requests: what it understands, with the examples that help and documentation show and tests go through.</summary>
internal interface IRequestFamily
{
    IReadOnlyList<RequestExample> Examples { get; }

    /// <summary>Null when the text is none of this family's.</summary>
    Request? Recognise(string text);
}

/// <param name="Text">As a person would type it.</param>
/// <param name="Meaning">What comes back.</param>
internal sealed record RequestExample(string Text, string Meaning);

/// <summary>Either words or calls.</summary>
internal abstract record Reply
{
    private Reply()
    {
    }

    public sealed record Say(string Text) : Reply;

    public sealed record Call(IReadOnlyList<PlannedCall> Calls) : Reply;

    public static Reply One(string tool, params (string Name, object Value)[] arguments) => new Call([PlannedCall.Of(tool, arguments)]);
}

internal sealed record PlannedCall(string Tool, IReadOnlyDictionary<string, object?> Arguments)
{
    public static PlannedCall Of(string tool, params (string Name, object Value)[] arguments) =>
        new(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value, StringComparer.Ordinal));
}
