using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>The one door through the data-source proxy.</summary>
public class ProxyPathTests
{
    private static readonly GrafanaUid Source = GrafanaUid.TryParse("prom")!;

    [Theory]
    [InlineData("GET", "api/v1/query")]
    [InlineData("GET", "api/v1/label/__name__/values")]
    [InlineData("GET", "loki/api/v1/query_range")]
    [InlineData("GET", "api/v2/search")]
    [InlineData("POST", "api/v1/query")]
    [InlineData("POST", "api/v1/query_range")]
    [InlineData("POST", "api/v1/series")]
    [InlineData("POST", "api/v1/labels")]
    [InlineData("POST", "api/v1/format_query")]
    public void Questions_pass(string method, string path) =>
        Assert.Equal($"api/datasources/proxy/uid/prom/{path}", ProxyPath.For(new HttpMethod(method), Source, path).Relative);

    [Theory]
    [InlineData("PUT", "api/v1/query")]
    [InlineData("DELETE", "api/v1/series")]
    [InlineData("PATCH", "api/v1/query")]
    [InlineData("HEAD", "api/v1/query")]
    [InlineData("OPTIONS", "api/v1/query")]
    [InlineData("post", "api/v1/admin/tsdb/snapshot")]
    [InlineData("POST", "api/v1/admin/tsdb/delete_series")]
    [InlineData("GET", "api/v1/admin/tsdb/delete_series")]
    [InlineData("GET", "api/v1/ADMIN/tsdb/delete_series")]
    [InlineData("POST", "-/reload")]
    [InlineData("POST", "-/quit")]
    [InlineData("GET", "-/quit")]
    [InlineData("POST", "api/v1/write")]
    [InlineData("POST", "api/v1/push")]
    [InlineData("POST", "loki/api/v1/push")]
    [InlineData("POST", "api/v2/silences")]
    [InlineData("POST", "api/v2/alerts")]
    [InlineData("POST", "api/v1/rules/ns")]
    [InlineData("POST", "api/v1/query/")]
    [InlineData("POST", "/api/v1/query")]
    [InlineData("POST", "api//v1/query")]
    [InlineData("POST", "API/V1/QUERY")]
    [InlineData("POST", "api/v1/query?x=1")]
    [InlineData("POST", "api/v1/query#x")]
    [InlineData("POST", "api/v1/query;x")]
    [InlineData("POST", "api/v1/query%2F..%2Fadmin")]
    [InlineData("GET", "api/v1/query%2f..%2f..%2fadmin%2ftsdb")]
    [InlineData("GET", "api/v1/%61dmin/tsdb/snapshot")]
    [InlineData("GET", "api/v1/%2561dmin/tsdb/snapshot")]
    [InlineData("GET", "api/v1/..%252fadmin")]
    [InlineData("GET", "../../../../api/admin/settings")]
    [InlineData("GET", "api/v1/../../../../../api/datasources")]
    [InlineData("GET", "api/./v1/query")]
    [InlineData("GET", "..")]
    [InlineData("GET", "api/v1/..")]
    [InlineData("GET", "api\\v1\\query")]
    [InlineData("GET", "api/v1/query\\..\\..\\admin")]
    [InlineData("GET", "api/v1/query\r\nHost: evil")]
    [InlineData("GET", "api/v1/query\n")]
    [InlineData("GET", "api/v1/query ")]
    [InlineData("GET", "api/v1/\u2024\u2024/admin")]
    [InlineData("GET", "http://evil.example/")]
    [InlineData("GET", "//evil.example/api")]
    [InlineData("GET", "/api/v1/query")]
    [InlineData("GET", "")]
    [InlineData("GET", "/")]
    public void Everything_else_is_refused_before_anything_is_sent(string method, string path)
    {
        var fault = Assert.Throws<ToolException>(() => ProxyPath.For(new HttpMethod(method), Source, path));

        Assert.Contains("is not let through Grafana's data-source proxy", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../admin")]
    [InlineData("a/b")]
    [InlineData("a%2fb")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("a\n")]
    [InlineData("")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void A_uid_cannot_carry_a_path(string text) => Assert.Null(GrafanaUid.TryParse(text));

    [Theory]
    [InlineData("abc-DEF_1", "abc-DEF_1")]
    [InlineData("https://grafana.example/d/abc/checkout?orgId=1", "abc")]
    [InlineData("https://grafana.example/sub/d/abc", "abc")]
    [InlineData("/d-solo/abc/x?panelId=2", "abc")]
    public void A_uid_is_taken_as_it_is_or_from_an_address(string text, string uid) => Assert.Equal(uid, GrafanaUid.TryParse(text)?.Value);

    [Theory]
    [InlineData("https://grafana.example/d/..%2fadmin/x")]
    [InlineData("https://grafana.example/dashboards")]
    [InlineData("https://grafana.example/d//x")]
    public void An_address_without_a_uid_gives_none(string text) => Assert.Null(GrafanaUid.TryParse(text));
}
