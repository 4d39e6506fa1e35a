using SreAgent.Core.Catalogue;

namespace SreAgent.Runtime.Chat.BuiltIn;

/// <summary>Which known services a service calls, by the metrics of its own outgoing calls.</summary>
internal static class Callees
{
    // What instrumentation calls the other end: hand-made ones, meshes, OpenTelemetry.
    private static readonly string[] Labels = ["peer", "upstream", "destination_service", "server_address"];

    /// <summary>Nothing where the catalogue does not say which series are the service's.</summary>
    public static IEnumerable<PlannedCall> Ask(Service service) => service.MetricSelector is { Length: > 0 } selector
        ? [PlannedCall.Of("prometheus_query", ("query", $"group by ({string.Join(", ", Labels)}) ({{__name__=~\".*client.*_(total|count)\",{selector}}})"))]
        : [];

    /// <summary>Null when it cannot be told.</summary>
    public static IReadOnlyList<Service>? Read(Exchange exchange, Service service)
    {
        var answer = exchange.Rounds[0].FirstOrDefault(step => step.Call.Name == "prometheus_query");
        if (answer is not { Result.IsFound: true })
        {
            return null;
        }

        var named = ToolAnswer.Items(ToolAnswer.Child(answer.Result.Data, "result"))
            .SelectMany(one => Labels.Select(label => ToolAnswer.Text(ToolAnswer.Child(one, "labels"), label))).OfType<string>()
            .Select(address => address.Split('.', ':', '/')[0]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. exchange.Services.All.Where(other => other.Name != service.Name && (named.Contains(other.Name) || (other.FlyApp is { } app && named.Contains(app))))];
    }
}
