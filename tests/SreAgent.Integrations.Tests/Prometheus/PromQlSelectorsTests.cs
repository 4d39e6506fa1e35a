using SreAgent.Integrations.Prometheus;

namespace SreAgent.Integrations.Tests.Prometheus;

public class PromQlSelectorsTests
{
    [Theory]
    [InlineData("up", "up")]
    [InlineData("sum by (job, up2) (rate(http_requests_total{code=~\"5..\"}[5m])) / ignoring(x) group_left(y) sum(up)", "http_requests_total,up")]
    [InlineData("histogram_quantile(0.99, sum(rate(a_bucket[1m])) without (le))", "a_bucket")]
    [InlineData("topk(5, job:rate:1m) > bool 1e3 and on() vector(1) # up", "job:rate:1m")]
    [InlineData("{__name__=\"x\", job='y'}", "")]
    [InlineData("a offset 5m or label_replace(b, \"dst\", \"c{d}\", \"src\", \"e\")", "a,b")]
    [InlineData("avg_over_time(x{y=\"}\"}[1h:5m] @ 1609746000)", "x")]
    public void The_metrics_an_expression_reads_are_found(string expression, string names) =>
        Assert.Equal(names, string.Join(',', PromQlSelectors.In(expression).Select(selector => selector.Name)));

    [Fact]
    public void Matchers_are_taken_apart()
    {
        var matchers = Assert.Single(PromQlSelectors.In("a{b=\"c\", d!~'e|f',g=~\"h\\\"i\"}")).Matchers;

        Assert.Equal([new("b", "=", "c"), new("d", "!~", "e|f"), new("g", "=~", "h\\\"i")], matchers);
    }
}
