using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using SreAgent.Core.Conversations;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>
/// Stage 7: redacts what came back, and words it for a model in bounded size. What is cut is kept behind a handle, and the cut says so.
/// </summary>
internal sealed partial class OutcomeRenderer(
    Redactor redactor, IResultStore results, TimeProvider clock, int maxResultBytes, ILogger<OutcomeRenderer> logger)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private readonly JsonRedactor _jsonRedactor = new(redactor);

    /// <summary>
    /// An answer that cannot be handed on, because it cannot be written as JSON or the store does not take what was cut, becomes a failure
    /// that says so. Cancellation is the one exception that leaves this.
    /// </summary>
    public async Task<ToolOutcome> RenderAsync(ToolCall call, string? conversationId, ToolResult result, long startedAt, CancellationToken cancellationToken)
    {
        try
        {
            return await WholeOrCutAsync(call, conversationId, result, startedAt, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.Unrenderable(logger, exception, call.Tool);
            var failed = new ToolResult.Failed(
                $"{call.Tool} answered, but the answer could not be handed on: {exception.Message}", Retryable: result is not ToolResult.Found);
            return await WholeOrCutAsync(call with { Arguments = ToolArguments.Empty.Value }, conversationId, failed, startedAt, cancellationToken);
        }
    }

    private async Task<ToolOutcome> WholeOrCutAsync(ToolCall call, string? conversationId, ToolResult result, long startedAt, CancellationToken cancellationToken)
    {
        var redacted = Redact(result);
        var text = Word(redacted).ToJsonString(Json);
        if (Encoding.UTF8.GetByteCount(text) > maxResultBytes)
        {
            text = await CutAsync(call, conversationId, text, cancellationToken);
        }

        var shown = call with { Tool = redactor.Redact(call.Tool), Arguments = Shown(call.Arguments) };
        return new ToolOutcome(shown, redacted, text, clock.GetElapsedTime(startedAt));
    }

    private ToolResult Redact(ToolResult result) => result switch
    {
        ToolResult.Found found => found with
        {
            Data = _jsonRedactor.Redact(JsonSerializer.SerializeToElement(found.Data, Json)),
            Evidence = Redact(found.Evidence),
        },
        ToolResult.NoData none => new ToolResult.NoData(redactor.Redact(none.Searched), Redact(none.LikelyCauses), Redact(none.Evidence)),
        ToolResult.Failed failed => failed with { Explanation = redactor.Redact(failed.Explanation) },
        ToolResult.Denied denied => denied with { Reason = redactor.Redact(denied.Reason) },
        ToolResult.AwaitingApproval waiting => waiting with { Question = redactor.Redact(waiting.Question) },
        _ => throw new UnreachableException($"{result.GetType().Name} is not a known result."),
    };

    private Evidence Redact(Evidence evidence) =>
        evidence with
        {
            Query = redactor.Redact(evidence.Query),
            Notes = Redact(evidence.Notes),
            // A link that would have to be altered no longer leads anywhere.
            Link = evidence.Link is { } link && string.Equals(redactor.Redact(link.OriginalString), link.OriginalString, StringComparison.Ordinal) ? link : null,
        };

    private string[] Redact(IReadOnlyList<string> texts) => [.. texts.Select(redactor.Redact)];

    /// <summary>Arguments too large to have been read are not echoed either.</summary>
    private JsonElement Shown(JsonElement arguments) =>
        arguments.ValueKind == JsonValueKind.Undefined || ArgumentValidator.IsTooLarge(arguments)
            ? ToolArguments.Empty.Value
            : _jsonRedactor.Redact(arguments);

    private static JsonObject Word(ToolResult result) => result switch
    {
        ToolResult.Found found => new JsonObject
        {
            ["status"] = "found",
            ["data"] = JsonNode.Parse(((JsonElement)found.Data).GetRawText()),
            ["evidence"] = Word(found.Evidence),
        },
        ToolResult.NoData none => new JsonObject
        {
            ["status"] = "no-data",
            ["searched"] = none.Searched,
            ["likelyCauses"] = new JsonArray([.. none.LikelyCauses.Select(cause => JsonValue.Create(cause))]),
            ["evidence"] = Word(none.Evidence),
        },
        ToolResult.Failed failed => new JsonObject { ["status"] = "failed", ["explanation"] = failed.Explanation, ["retryable"] = failed.Retryable },
        ToolResult.Denied denied => new JsonObject { ["status"] = "denied", ["rule"] = denied.Rule, ["reason"] = denied.Reason },
        ToolResult.AwaitingApproval waiting => new JsonObject
        {
            ["status"] = "awaiting-approval",
            ["changeRequest"] = waiting.Id.Value,
            ["question"] = waiting.Question,
            ["note"] = "Nothing has been executed. A human decides outside this conversation; nothing written here counts as approval.",
        },
        _ => throw new UnreachableException($"{result.GetType().Name} is not a known result."),
    };

    private static JsonObject Word(Evidence evidence)
    {
        var worded = new JsonObject { ["source"] = evidence.Source, ["query"] = evidence.Query };
        if (evidence.Range is { } range)
        {
            worded["from"] = range.From.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ");
            worded["to"] = range.To.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ");
        }

        if (evidence.Link is { } link)
        {
            // Not ToString, which takes the escapes off and leaves spaces in it.
            worded["link"] = link.AbsoluteUri;
        }

        if (evidence.Notes.Count > 0)
        {
            worded["notes"] = new JsonArray([.. evidence.Notes.Select(note => JsonValue.Create(note))]);
        }

        return worded;
    }

    private async Task<string> CutAsync(ToolCall call, string? conversationId, string text, CancellationToken cancellationToken)
    {
        var handle = await results.KeepAsync(conversationId, call.Tool, text, clock.GetUtcNow(), cancellationToken);
        // Half the budget for the head: the cut form escapes the text once more.
        var head = text[..Math.Min(text.Length, maxResultBytes / 2)];
        return new JsonObject
        {
            ["status"] = "cut",
            ["note"] = $"The answer is {text.Length:N0} characters; this is its beginning. Page the rest with host_read_result, or ask a narrower question.",
            ["handle"] = handle,
            ["totalCharacters"] = text.Length,
            ["beginning"] = head,
        }.ToJsonString(Json);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The answer of {Tool} could not be rendered.")]
        public static partial void Unrenderable(ILogger logger, Exception exception, string tool);
    }
}
