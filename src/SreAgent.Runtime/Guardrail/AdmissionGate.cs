using SreAgent.Core.Catalogue;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;
using SreAgent.Runtime.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>Stages 1 and 2: does the caller hold this tool, do the arguments fit, and where would it act?</summary>
internal sealed class AdmissionGate(ToolCatalogue tools, SwitchedOffToolsets switchedOff, IServiceCatalogue services)
{
    public Admission Admit(ToolCall call, CallContext context, GuardrailPolicy policy)
    {
        if (context.Actor.IsMissing)
        {
            return Deny("missing-actor", "Nobody is known to be asking. A surface must say who, from its own authentication.");
        }

        if (tools.Find(call.Tool) is not { } tool)
        {
            if (switchedOff.WhyOff(call.Tool) is { } off)
            {
                return Deny("unknown-tool", $"{Shortened(call.Tool)} is off here: {off}");
            }

            var held = tools.All.Where(candidate => ToolGrants.Holds(context, candidate)).ToArray();
            var suggestions = ToolCatalogue.Suggest(call.Tool, held);
            return Deny("unknown-tool", suggestions.Count > 0
                ? $"There is no tool '{Shortened(call.Tool)}'. Did you mean {string.Join(" or ", suggestions)}?"
                : $"There is no tool '{Shortened(call.Tool)}'. Ask for the list of tools.");
        }

        if (ToolGrants.WhyNot(context, tool) is { } why)
        {
            return Deny(why.Rule, why.Reason);
        }

        return ArgumentValidator.Check(tool.InputSchema, call.Arguments) switch
        {
            ArgumentCheck.Valid(var arguments) => Place(call, context, tool, arguments, policy),
            ArgumentCheck.Invalid(var problems) => new Admission.Refused(
                new ToolResult.Failed($"{tool.Name} was not run. {string.Join(" ", problems)}", Retryable: false)),
            _ => Deny("arguments", "The arguments could not be judged."),
        };
    }

    private Admission Place(ToolCall call, CallContext context, Tool tool, ToolArguments arguments, GuardrailPolicy policy)
    {
        var service = arguments.GetString("service");
        var known = service is null ? null : services.Find(service);
        if (service is not null && known is null && tool.ChangesProduction)
        {
            var names = services.All.Select(entry => entry.Name).ToArray();
            return new Admission.Refused(new ToolResult.Failed(
                $"{tool.Name} was not run. There is no service '{Shortened(service)}' in the catalogue ({(names.Length == 0 ? "which is empty" : string.Join(", ", names))}).", Retryable: false));
        }

        var environment = known?.Environment ?? tool.Environment ?? policy.DefaultEnvironment;
        return policy.Environments.TryGetValue(environment, out var listed)
            ? new Admission.Admitted(new AdmittedCall(call, context, tool, arguments, listed.Name))
            : Deny("unknown-environment", $"{tool.Name} would act on environment '{environment}', which Guardrails:Environments does not list ({string.Join(", ", policy.Environments.Keys)}).");
    }

    private static Admission.Refused Deny(string rule, string reason) => new(new ToolResult.Denied(rule, reason));

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
