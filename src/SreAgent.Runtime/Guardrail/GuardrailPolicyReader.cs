using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using SreAgent.Core.Actors;
using SreAgent.Core.Changes;
using SreAgent.Core.Policy;
using SreAgent.Core.Tools;

namespace SreAgent.Runtime.Guardrail;

/// <summary>A policy, or everything that is wrong with it. With a single problem there is no policy, and nothing runs.</summary>
public sealed record GuardrailPolicyReading(GuardrailPolicy? Policy, IReadOnlyList<string> Problems);

/// <summary>Turns settings into policy. Every problem names its path in the settings and what is accepted there.</summary>
public static class GuardrailPolicyReader
{
    public static GuardrailPolicyReading Read(GuardrailOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        var mode = Choice<GuardrailMode>(options.Mode, "Guardrails:Mode", problems);
        InRange(options.ApprovalMinutes, 1, 10_080, "Guardrails:ApprovalMinutes", problems);
        InRange(options.ReadTimeoutSeconds, 1, 600, "Guardrails:ReadTimeoutSeconds", problems);
        InRange(options.PlanTimeoutSeconds, 1, 3_600, "Guardrails:PlanTimeoutSeconds", problems);
        InRange(options.ChangeTimeoutSeconds, 1, 7_200, "Guardrails:ChangeTimeoutSeconds", problems);
        InRange(options.MaxResultBytes, 2_000, 1_000_000, "Guardrails:MaxResultBytes", problems);

        var environments = options.Environments.ToDictionary(
            pair => pair.Key, pair => Environment(pair.Key, pair.Value, problems), StringComparer.OrdinalIgnoreCase);
        if (!environments.ContainsKey(options.DefaultEnvironment))
        {
            problems.Add($"Guardrails:DefaultEnvironment is '{options.DefaultEnvironment}', which is not among Guardrails:Environments ({Names(environments.Keys)}).");
        }

        var freezes = new Dictionary<string, Freeze>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, freeze) in options.Freezes)
        {
            if (FreezeReader.Read(name, freeze, problems) is { } read)
            {
                freezes[name] = read;
            }
        }

        var rules = options.Rules.Select((rule, index) => Rule(rule, $"Guardrails:Rules:{index}", freezes, options.Freezes.Keys, problems)).ToArray();
        foreach (var twice in rules.GroupBy(rule => rule.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            problems.Add($"Guardrails:Rules: two rules are called '{twice.Key}'; a denial must name the one that decided.");
        }

        if (problems.Count > 0)
        {
            return new GuardrailPolicyReading(null, problems);
        }

        return new GuardrailPolicyReading(
            new GuardrailPolicy
            {
                Version = VersionOf(options),
                Mode = mode,
                KillSwitch = options.KillSwitch,
                Rules = rules,
                Environments = environments,
                DefaultEnvironment = options.DefaultEnvironment,
                ApprovalLifetime = TimeSpan.FromMinutes(options.ApprovalMinutes),
            },
            problems);
    }

    private static EnvironmentPolicy Environment(string name, EnvironmentOptions options, List<string> problems)
    {
        var path = $"Guardrails:Environments:{name}:ApproveVia";
        var surfaces = options.ApproveVia.Select((text, index) => Choice<Surface>(text, $"{path}:{index}", problems)).ToArray();
        if (surfaces.Any(surface => surface is Surface.None or Surface.Schedule or Surface.Webhook))
        {
            problems.Add($"{path} takes terminal, mcp, slack and web: an approval takes a human.");
        }

        return new EnvironmentPolicy
        {
            Name = name,
            Approvers = [.. options.Approvers],
            AllowSelfApproval = options.AllowSelfApproval,
            ApproveVia = surfaces,
        };
    }

    private static PolicyRule Rule(
        RuleOptions options, string path, Dictionary<string, Freeze> freezes, IReadOnlyCollection<string> freezeNames, List<string> problems)
    {
        Required(options.Name, $"{path}:Name", problems);
        Required(options.Reason, $"{path}:Reason", problems);
        foreach (var name in options.During.Where(name => !freezeNames.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            problems.Add($"{path}:During names '{name}', which is not among Guardrails:Freezes ({Names(freezeNames)}).");
        }

        var verdict = Choice<PolicyVerdict>(options.Verdict, $"{path}:Verdict", problems);
        if (options.Overridable && verdict != PolicyVerdict.Deny)
        {
            problems.Add($"{path}:Overridable only makes sense where Verdict is deny.");
        }

        return new PolicyRule
        {
            Name = options.Name,
            Verdict = verdict,
            Reason = options.Reason,
            Effects = [.. options.Effects.Select((text, index) => Choice<ToolEffect>(text, $"{path}:Effects:{index}", problems))],
            Tools = [.. options.Tools],
            Environments = [.. options.Environments],
            Personas = [.. options.Personas],
            Actors = [.. options.Actors],
            Arguments = [.. options.Arguments.Select((argument, index) => Predicate(argument, $"{path}:Arguments:{index}", problems))],
            During = [.. options.During.Select(name => freezes.GetValueOrDefault(name)).OfType<Freeze>()],
            ErrorBudget = options.ErrorBudget is null ? null : Choice<ErrorBudgetState>(options.ErrorBudget, $"{path}:ErrorBudget", problems),
            Overridable = options.Overridable,
        };
    }

    private static ArgumentPredicate Predicate(ArgumentOptions options, string path, List<string> problems)
    {
        Required(options.Argument, $"{path}:Argument", problems);
        var test = Choice<ArgumentTest>(options.Test, $"{path}:Test", problems);
        if (options.Values.Count == 0 && test is not (ArgumentTest.Present or ArgumentTest.Absent))
        {
            problems.Add($"{path}:Values must name what to compare with.");
        }

        return new ArgumentPredicate(options.Argument, test, [.. options.Values]);
    }

    /// <summary>Reads <c>needs-approval</c>, <c>NeedsApproval</c> or <c>needs_approval</c> as one name; never a number.</summary>
    private static T Choice<T>(string text, string path, List<string> problems)
        where T : struct, Enum
    {
        var name = text.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (Enum.GetNames<T>().FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } match)
        {
            return Enum.Parse<T>(match);
        }

        problems.Add($"{path} is '{text}'; it takes {Names(Enum.GetNames<T>().Select(JsonNamingPolicy.KebabCaseLower.ConvertName))}.");
        return default;
    }

    private static void Required(string text, string path, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            problems.Add($"{path} is required.");
        }
    }

    private static void InRange(int value, int low, int high, string path, List<string> problems)
    {
        if (value < low || value > high)
        {
            problems.Add(string.Create(CultureInfo.InvariantCulture, $"{path} is {value}; it takes {low:N0} to {high:N0}."));
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? text : "none are defined";

    /// <summary>Mode and kill switch are left out: turning them must not invalidate what a human approved under the same rules.</summary>
    private static string VersionOf(GuardrailOptions options)
    {
        var decisive = JsonSerializer.SerializeToElement(
            new DecisiveSettings(options.DefaultEnvironment, options.Environments, options.Freezes, options.Rules), DecisiveJson.Default.DecisiveSettings);
        return Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Canonicalize(decisive)));
    }
}

/// <summary>What of the settings decides about calls.</summary>
internal sealed record DecisiveSettings(
    string DefaultEnvironment,
    IReadOnlyDictionary<string, EnvironmentOptions> Environments,
    IReadOnlyDictionary<string, FreezeOptions> Freezes,
    IList<RuleOptions> Rules);

// Written out by the generator, since every start pays for reading types by reflection.
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(DecisiveSettings))]
internal sealed partial class DecisiveJson : JsonSerializerContext;
