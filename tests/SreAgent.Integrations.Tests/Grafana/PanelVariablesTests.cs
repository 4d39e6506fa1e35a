using System.Text.Json;
using System.Text.Json.Nodes;
using SreAgent.Core.Time;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;

namespace SreAgent.Integrations.Tests.Grafana;

public class PanelVariablesTests
{
    private static readonly TimeRange SixHours = TimeRange.Last(TimeSpan.FromHours(6), GrafanaWired.Noon);

    [Theory]
    [InlineData("up{job=\"$job\"}", "up{job=\"api\"}")]
    [InlineData("up{job=\"${job}\"}", "up{job=\"api\"}")]
    [InlineData("up{job=\"[[job]]\"}", "up{job=\"api\"}")]
    [InlineData("up{instance=~\"$instance\"}", "up{instance=~\"(10\\\\.0\\\\.0\\\\.1:90|b)\"}")]
    [InlineData("up{instance=~`${instance:regex}`}", "up{instance=~`(10\\.0\\.0\\.1:90|b)`}")]
    [InlineData("${instance:pipe}", "10.0.0.1:90|b")]
    [InlineData("${instance:csv}", "10.0.0.1:90,b")]
    [InlineData("${instance:glob}", "{10.0.0.1:90,b}")]
    [InlineData("${instance:json}", "[\"10.0.0.1:90\",\"b\"]")]
    [InlineData("${instance:doublequote}", "\"10.0.0.1:90\",\"b\"")]
    [InlineData("[[instance:pipe]]", "10.0.0.1:90|b")]
    [InlineData("up{zone=~\"$zone\"}", "up{zone=~\"eu-.*\"}")]
    [InlineData("up{env=~\"$env\"}", "up{env=~\"(prod|stage)\"}")]
    [InlineData("rate(x[$__rate_interval])", "rate(x[4m])")]
    [InlineData("x[${__interval}] offset ${__range_s}s", "x[1m] offset 21600s")]
    [InlineData("$__interval_ms $__range $__from", "60000 21600s 1795154400000")]
    [InlineData("label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")", "label_replace(up, \"a\", \"$1\", \"b\", \"(.*)\")")]
    [InlineData("up{job=~\"api$\"}", "up{job=~\"api$\"}")]
    [InlineData("x[$step]", "x[1m]")]
    public void Variables_are_written_as_Grafana_writes_them(string query, string expected)
    {
        var (text, left) = Variables().Replace(query);

        Assert.Equal(expected, text);
        Assert.Empty(left);
    }

    [Theory]
    [InlineData("up{job=\"$nobody\"}", "$nobody")]
    [InlineData("up{job=\"${job:lucene}\"}", "${job:lucene}")]
    [InlineData("up{job=\"${job.text}\"}", "${job.text}")]
    [InlineData("up > ${__from:date}", "${__from:date}")]
    [InlineData("up{job=\"$empty\"}", "$empty")]
    public void What_cannot_be_written_is_left_and_named(string query, string reference)
    {
        var (text, left) = Variables().Replace(query);

        Assert.Equal(query, text);
        Assert.Equal([reference], left);
    }

    [Fact]
    public void All_of_an_unlisted_variable_is_a_pattern_and_that_is_said()
    {
        var variables = Variables("instance=All", "job=All");

        Assert.Equal("up{instance=~\".*\",job=\"All\"}", variables.Replace("up{instance=~\"$instance\",job=\"$job\"}").Text);
        Assert.Equal(["All of instance was asked as .*, since the dashboard does not list its values."], variables.Notes);
    }

    [Theory]
    [InlineData("job", "'job' is not a variable; write name=value")]
    [InlineData("jbo=api", "The dashboard has no variable jbo; it has job, instance, zone, env, step, empty.")]
    public void A_value_nobody_can_use_is_refused(string given, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<ToolException>(() => Variables(given)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_cannot_break_out_of_its_quotes()
    {
        var (text, _) = Variables("job=a\"} or secret{x=\"").Replace("up{job=\"$job\"}");

        Assert.Equal("up{job=\"a\\\"} or secret{x=\\\"\"}", text);
    }

    [Theory]
    [InlineData(1, null, null, "15s", "1m")]
    [InlineData(6, null, null, "2m", "8m")]
    [InlineData(6, 100, null, "5m", "8m")]
    [InlineData(6, 10, null, "1h", "1h2m")]
    [InlineData(1, null, "1m", "1m", "4m")]
    [InlineData(1, 100_000, ">30s", "30s", "2m")]
    public void Steps_and_rate_windows_are_chosen_as_Grafana_does(int hours, int? maxPoints, string? least, string step, string rate)
    {
        var scrape = TimeSpan.FromSeconds(hours == 6 ? 120 : 15);
        var interval = PanelInterval.For(TimeRange.Last(TimeSpan.FromHours(hours), GrafanaWired.Noon), maxPoints, PanelInterval.Parse(least), scrape);

        Assert.Equal((step, rate), (TimeExpression.Format(interval.Step), TimeExpression.Format(interval.Rate)));
    }

    private static PanelVariables Variables(params string[] given)
    {
        var dashboard = new DashboardBuilder()
            .Variable("job", "api")
            .Variable("instance", new JsonArray("10.0.0.1:90", "b"), multi: true)
            .Variable("zone", new JsonArray("$__all"), allValue: "eu-.*")
            .Variable("env", "$__all", multi: true, options: ["$__all", "prod", "stage"])
            .Variable("step", "$__auto_interval_step", type: "interval")
            .Variable("empty", value: null);
        var variables = PanelVariables.Of(Dashboard.From(JsonElement.Parse(dashboard.Answer).GetProperty("dashboard")), given);
        variables.SetTimes(SixHours, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(4));
        return variables;
    }
}
