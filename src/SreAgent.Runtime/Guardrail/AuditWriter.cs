using System.Text.Json;
using SreAgent.Core.Actors;
using SreAgent.Core.Audit;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Words what the guardrail records, redacted and of bounded size, and hands it to the trail.</summary>
internal sealed class AuditWriter(IAuditTrail trail, Redactor redactor, TimeProvider clock)
{
    // Beyond this the record keeps a digest of what it cuts: evidence that it was this text, without storing megabytes per call.
    private const int MaxDetailLength = 16_000;

    private readonly JsonRedactor _jsonRedactor = new(redactor);

    public Task IntentAsync(AdmittedCall call, CancellationToken cancellationToken) =>
        WriteAsync(AuditKind.Intent, call, call.Call.Id, new { arguments = Arguments(call.Arguments) }, Durable(call.Tool), cancellationToken);

    public Task OutcomeAsync(AdmittedCall call, object outcome, CancellationToken cancellationToken) =>
        WriteAsync(AuditKind.Outcome, call, call.Call.Id, outcome, Durable(call.Tool), cancellationToken);

    public Task WouldHaveBeenAsync(AdmittedCall call, PolicyDecision decision, CancellationToken cancellationToken) =>
        WriteAsync(
            AuditKind.WouldHaveBeen, call, call.Call.Id,
            new { verdict = decision.Verdict.ToString(), decision.Rules, decision.Reason }, durable: true, cancellationToken);

    /// <summary>A refusal before or instead of admission; the tool asked for may not exist.</summary>
    public Task DeniedAsync(ToolCall call, CallContext context, string environment, ToolResult.Denied denied, CancellationToken cancellationToken) =>
        AppendAsync(
            new AuditRecord(
                clock.GetUtcNow(), AuditKind.Denied, context.Actor.Id, context.Persona.Id, environment, Bounded(redactor.Redact(call.Tool)), Bounded(redactor.Redact(call.Id)),
                Detail(new { rule = denied.Rule, reason = denied.Reason })),
            durable: false, cancellationToken);

    public Task RequestAsync(AuditKind kind, ChangeRequest request, Actor actor, object detail, CancellationToken cancellationToken) =>
        AppendAsync(
            new AuditRecord(
                clock.GetUtcNow(), kind, actor.Id, request.Scope.Persona, request.Scope.Environment, request.Tool, request.Id.Value, Detail(detail)),
            durable: true, cancellationToken);

    /// <summary>Arguments as they may be shown: redacted, never the object that is executed.</summary>
    public JsonElement Arguments(ToolArguments arguments) => _jsonRedactor.Redact(arguments.Value);

    private static bool Durable(Tool tool) => tool.Effect != ToolEffect.Read;

    private Task WriteAsync(AuditKind kind, AdmittedCall call, string subject, object detail, bool durable, CancellationToken cancellationToken) =>
        AppendAsync(
            new AuditRecord(
                clock.GetUtcNow(), kind, call.Context.Actor.Id, call.Context.Persona.Id, call.Environment, call.Tool.Name, Bounded(redactor.Redact(subject)), Detail(detail)),
            durable, cancellationToken);

    private Task<AuditEntry> AppendAsync(AuditRecord record, bool durable, CancellationToken cancellationToken) =>
        trail.AppendAsync(record, durable, cancellationToken);

    private string Detail(object detail)
    {
        var redacted = _jsonRedactor.Redact(JsonSerializer.SerializeToElement(detail, JsonSerializerOptions.Web)).GetRawText();
        return redacted.Length <= MaxDetailLength ? redacted : JsonSerializer.Serialize(new
        {
            cut = redacted[..MaxDetailLength],
            length = redacted.Length,
            sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(redacted))),
        });
    }

    private static string Bounded(string text) => text.Length <= 200 ? text : text[..200] + "…";
}
