using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Personas;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Turns a stored request back into the call it stands for, and asks policy about it as it is now (G3).</summary>
internal sealed class RequestReadmission(IPersonaCatalogue personas, IEnumerable<HostPersona> hostPersonas, AdmissionGate admission, PolicyGate policyGate)
{
    private readonly Persona[] _own = [.. hostPersonas.Select(own => own.Persona)];

    /// <returns>Null when the persona is gone, or the tool is no longer available to it with these arguments.</returns>
    public AdmittedCall? Readmit(ChangeRequest request, GuardrailPolicy policy)
    {
        var own = _own.FirstOrDefault(candidate => string.Equals(candidate.Id, request.Scope.Persona, StringComparison.Ordinal));
        if ((own ?? personas.Find(request.Scope.Persona)) is not { } persona)
        {
            return null;
        }

        var context = new CallContext(RequesterOf(request), persona) { ConversationId = request.ConversationId };
        var call = new ToolCall(request.CallId ?? request.Id.Value, request.Tool, request.Arguments);
        return admission.Admit(call, context, policy) is Admission.Admitted(var admitted) ? admitted : null;
    }

    public async Task<PolicyDecision> DecideAsync(AdmittedCall call, GuardrailPolicy policy, bool overridden, CancellationToken cancellationToken) =>
        (await policyGate.DecideAsync(policy, call, overridden, cancellationToken)).Decision;

    /// <summary>
    /// Whether a stored request reads as its digest says (G2): its arguments, requester, target's state and remedy. A new plan cannot tell; it
    /// is made from the call alone.
    /// </summary>
    public static bool IsUnaltered(ChangeRequest request, AdmittedCall call) =>
        call.Tool.DigestOf(call.Arguments, request.Scope, request.PolicyVersion, request.Plan.BoundState) == request.Digest;

    public static Actor RequesterOf(ChangeRequest request) =>
        new(request.Scope.Requester, request.RequestedVia, IsHuman: request.RequestedVia is not (Surface.Schedule or Surface.Webhook));
}
