using SreAgent.Core.Tools;

namespace SreAgent.Integrations.Tests;

public class ToolCatalogueTests
{
    private static readonly Dictionary<string, string?> Both = new(StringComparer.Ordinal)
    {
        ["Integrations:Prometheus:BaseUrl"] = "http://prometheus.test",
        ["Integrations:Alertmanager:BaseUrl"] = "http://alertmanager.test",
    };

    [Fact]
    public void The_tools_and_their_effects_are_these()
    {
        using var wired = Wired.With(Both);

        var tools = wired.Toolsets.SelectMany(ToolFactory.From).ToDictionary(tool => tool.Name, tool => tool.Effect, StringComparer.Ordinal);

        string[] changing = ["alertmanager_create_silence", "alertmanager_expire_silence"];
        string[] reading =
        [
            "alertmanager_list_alerts", "alertmanager_list_silences", "prometheus_list_alerts", "prometheus_list_labels", "prometheus_list_rules",
            "prometheus_list_series", "prometheus_list_targets", "prometheus_query", "prometheus_query_range", "prometheus_search_metrics",
        ];
        Assert.Equal(changing, tools.Where(tool => tool.Value == ToolEffect.Change).Select(tool => tool.Key).Order(StringComparer.Ordinal));
        Assert.Equal(reading, tools.Where(tool => tool.Value == ToolEffect.Read).Select(tool => tool.Key).Order(StringComparer.Ordinal));
        Assert.Equal(changing.Length + reading.Length, tools.Count);
    }

    [Fact]
    public void A_comment_explains_and_is_not_part_of_what_is_approved()
    {
        using var wired = Wired.With(Both);

        var create = wired.Toolsets.SelectMany(ToolFactory.From).Single(tool => tool.Name == "alertmanager_create_silence");

        Assert.Equal(["comment"], create.ProseArguments);
    }

    [Fact]
    public void Listing_them_all_costs_less_than_two_thousand_tokens()
    {
        using var wired = Wired.With(Both);

        var tokens = wired.Toolsets.SelectMany(ToolFactory.From).Sum(tool => (tool.Name.Length + tool.Description.Length + tool.InputSchema.GetRawText().Length + 40) / 4);

        Assert.InRange(tokens, 1, 2000);
    }
}
