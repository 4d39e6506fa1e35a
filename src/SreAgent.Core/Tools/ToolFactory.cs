using System.ComponentModel;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Tools;

/// <summary>Makes the tools of a toolset from its marked methods, and refuses what the guardrail could not govern.</summary>
public static partial class ToolFactory
{
    private static readonly JsonSerializerOptions ArgumentJson = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <exception cref="InvalidOperationException">A marked method breaks a rule; the message names it and the rule.</exception>
    public static IReadOnlyList<Tool> From(IToolset toolset)
    {
        ArgumentNullException.ThrowIfNull(toolset);
        return
        [
            .. toolset.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Select(method => (method, attribute: method.GetCustomAttribute<SreToolAttribute>()))
                .Where(pair => pair.attribute is not null)
                .Select(pair => Build(toolset, pair.method, pair.attribute!))
                .OrderBy(tool => tool.Name, StringComparer.Ordinal),
        ];
    }

    private static Tool Build(IToolset toolset, MethodInfo method, SreToolAttribute attribute)
    {
        Require(SnakeCase().IsMatch(attribute.Name), attribute, "has a name that is not system_verb_noun in snake case");
        Require(attribute.Effect != ToolEffect.Unclassified, attribute, "has no effect");
        Require(method.ReturnType == typeof(Task<ToolResult>), attribute, "does not return Task<ToolResult>");
        var description = method.GetCustomAttribute<DescriptionAttribute>()?.Description;
        Require(!string.IsNullOrWhiteSpace(description), attribute, "has no [Description]");

        var parameters = method.GetParameters();
        Require(IsCancellable(parameters), attribute, "does not take a CancellationToken last");
        var changes = attribute.Effect >= ToolEffect.Change;
        Require(changes == (attribute.Plan is not null), attribute, "must name a Plan exactly when it changes production");
        Require(changes == (attribute.Verify is not null), attribute, "must name a Verify exactly when it changes production");

        var takesChange = parameters.Any(parameter => parameter.ParameterType == typeof(ChangeExecution));
        Require(!takesChange || changes, attribute, "takes a ChangeExecution although it changes nothing");
        Require(!attribute.Resumable || takesChange, attribute, "is resumable without taking the ChangeExecution that remembers its steps");

        return new Tool
        {
            Name = attribute.Name,
            Toolset = toolset.Name,
            Effect = attribute.Effect,
            Description = description!,
            InputSchema = Schema(parameters, attribute),
            ProseArguments = parameters.Where(parameter => parameter.IsDefined(typeof(ProseAttribute)))
                .Select(parameter => parameter.Name!).ToHashSet(StringComparer.Ordinal),
            Aliases = attribute.Aliases,
            Environment = toolset.Environment,
            OpenWorld = attribute.OpenWorld,
            Resumable = attribute.Resumable,
            Execute = Bind<ToolResult>(toolset, method),
            Plan = attribute.Plan is null ? null : Bind<ChangePlan>(toolset, Companion(toolset, attribute, attribute.Plan, method, typeof(Task<ChangePlan>))),
            Verify = attribute.Verify is null ? null : Bind<Verification>(toolset, Companion(toolset, attribute, attribute.Verify, method, typeof(Task<Verification>))),
        };
    }

    private static MethodInfo Companion(IToolset toolset, SreToolAttribute attribute, string name, MethodInfo tool, Type returns)
    {
        var named = toolset.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => string.Equals(method.Name, name, StringComparison.Ordinal)).ToArray();
        Require(named.Length > 0, attribute, $"names {name}, which does not exist");
        Require(named.Length == 1, attribute, $"names {name}, which exists more than once");
        var companion = named[0];
        Require(companion.ReturnType == returns, attribute, $"names {name}, which does not return {returns.GetGenericArguments()[0].Name}");
        var same = ToolSchema.Arguments(companion.GetParameters()).Select(Shape).SequenceEqual(ToolSchema.Arguments(tool.GetParameters()).Select(Shape));
        Require(same, attribute, $"names {name}, whose parameters differ from its own");
        Require(IsCancellable(companion.GetParameters()), attribute, $"names {name}, which does not take a CancellationToken last");
        return companion;

        static (string?, Type) Shape(ParameterInfo parameter) => (parameter.Name, parameter.ParameterType);
    }

    private static bool IsCancellable(ParameterInfo[] parameters) =>
        parameters.Length > 0 && Array.FindIndex(parameters, parameter => parameter.ParameterType == typeof(CancellationToken)) == parameters.Length - 1;

    private static JsonElement Schema(ParameterInfo[] parameters, SreToolAttribute attribute)
    {
        try
        {
            return ToolSchema.Of(parameters);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"Tool '{attribute.Name}' {exception.Message}", exception);
        }
    }

    private static Func<ToolArguments, ToolRun, CancellationToken, Task<T>> Bind<T>(IToolset toolset, MethodInfo method)
    {
        var parameters = method.GetParameters();
        return (arguments, run, cancellationToken) =>
        {
            var values = new object?[parameters.Length];
            for (var i = 0; i < parameters.Length - 1; i++)
            {
                values[i] = parameters[i].ParameterType == typeof(IProgress<string>) ? run.Progress
                    : parameters[i].ParameterType == typeof(ChangeExecution) ? run.Change ?? throw new InvalidOperationException($"{method.Name} runs only as part of an approved change.")
                    : arguments.TryGet(parameters[i].Name!, out var value)
                    ? Value(parameters[i], value)
                    : parameters[i].DefaultValue;
            }

            values[^1] = cancellationToken;
            return (Task<T>)method.Invoke(toolset, BindingFlags.DoNotWrapExceptions, binder: null, values, culture: null)!;
        };
    }

    private static object? Value(ParameterInfo parameter, JsonElement value)
    {
        try
        {
            return value.Deserialize(parameter.ParameterType, ArgumentJson);
        }
        catch (JsonException exception)
        {
            // The schema's "integer" knows no smaller kinds; everything else was checked against it.
            throw new ToolException($"Argument '{parameter.Name}' is out of range: {value.GetRawText()}.", exception);
        }
    }

    private static void Require(bool condition, SreToolAttribute attribute, string problem)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Tool '{attribute.Name}' {problem}.");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(_[a-z0-9]+)+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex SnakeCase();
}
