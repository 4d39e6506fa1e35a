using System.Diagnostics;
using System.Text.Json;
using SreAgent.Core.Redaction;

namespace SreAgent.Core.Tests.Redaction;

public class JsonRedactorTests
{
    private static readonly JsonRedactor Json = new(new Redactor(["configured-value"]));

    [Theory]
    [InlineData("""{"password":"hunter2"}""", """{"password":"[redacted:password]"}""")]
    [InlineData("""{"clientSecret":"x","apiKey":"y","X-Api-Key":"z","DB_PASSWORD":"w"}""", """{"clientSecret":"[redacted:password]","apiKey":"[redacted:password]","X-Api-Key":"[redacted:password]","DB_PASSWORD":"[redacted:password]"}""")]
    [InlineData("""{"headers":{"Authorization":["Bearer x","y"]}}""", """{"headers":{"Authorization":["[redacted:password]","[redacted:password]"]}}""")]
    [InlineData("""{"env":[{"name":"DB_PASSWORD","value":"hunter2"},{"name":"REGION","value":"ams"}]}""", """{"env":[{"name":"DB_PASSWORD","value":"[redacted:password]"},{"name":"REGION","value":"ams"}]}""")]
    [InlineData("""{"url":"postgres://a:b@c/d","note":"configured-value"}""", """{"url":"postgres://a:[redacted:url-password]@c/d","note":"[redacted:configured]"}""")]
    [InlineData("""{"configured-value":1}""", """{"[redacted:configured]":1}""")]
    [InlineData("""{"a configured-value":1,"a [redacted:configured]":2}""", """{"a [redacted:configured]":1,"a [redacted:configured]":2}""")]
    [InlineData("""["ghp_16C7e42F292c6912E7710c838347Ae178B4a",[{"k":"v"}]]""", """["[redacted:github-token]",[{"k":"v"}]]""")]
    [InlineData("\"AKIAIOSFODNN7EXAMPLE\"", "\"[redacted:aws-key]\"")]
    public void Secrets_go_and_the_shape_stays(string json, string expected) => Assert.Equal(expected, Redact(json));

    [Theory]
    [InlineData("""{"tokens":"12","token_count":5,"max_tokens":4096,"password_failures_total":3,"secret_names":["a","b"]}""")]
    [InlineData("""{"password":null,"secret":false,"api_key":42,"token":""}""")]
    [InlineData("""{"metric":{"__name__":"kube_secret_info","secret":"checkout-tls"},"value":[1763632800,"1"]}""")]
    [InlineData("""{"namespace":"default","secret":"checkout-tls"}""")]
    [InlineData("""{"nextPageToken":"CAoQAA","continue_token":"abc"}""")]
    [InlineData("""{"password":"[redacted:github-token]"}""")]
    [InlineData("""{"passwordResetUrl":"https://x","secretName":"tls","tokenType":"Bearer","access_key_id":"k","key":"status","value":"ok"}""")]
    [InlineData("""{"n":1.50,"big":123456789012345678901234567890,"e":1e-7,"t":true,"z":null,"s":"é \"quoted\" 'so'"}""")]
    public void What_is_no_secret_stays_as_it_is(string json) => Assert.Equal(JsonElement.Parse(json).ToString(), Redact(json));

    [Fact]
    public void Two_names_that_become_one_stay_two()
    {
        var redacted = JsonElement.Parse(Redact("""{"ghp_16C7e42F292c6912E7710c838347Ae178B4a":1,"ghp_26C7e42F292c6912E7710c838347Ae178B4a":2}"""));

        Assert.Equal(["[redacted:github-token]", "[redacted:github-token]#2"], redacted.EnumerateObject().Select(property => property.Name));
    }

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":"x \"quoted\" \\ \n \u0000"}""")]
    public void Odd_text_comes_out_as_valid_json(string json)
    {
        var once = Redact(json);
        Assert.Equal(once, Redact(once));
    }

    [Fact]
    public void Redacting_again_changes_nothing()
    {
        foreach (var row in RedactorTests.Secrets)
        {
            var once = Redact(JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = row.Data.Item2, ["secret"] = row.Data.Item2 }));
            Assert.Equal(once, Redact(once));
        }
    }

    [Fact]
    public void A_megabyte_of_samples_is_read_in_passing()
    {
        var samples = Enumerable.Range(0, 30_000).Select(i => (object)new object[] { 1763632800 + i, (i * 0.001).ToString("0.0000") }).ToArray();
        var result = JsonSerializer.SerializeToElement(new { metric = new { __name__ = "up", job = "checkout", instance = "10.0.0.1:9090" }, values = samples });
        Json.Redact(result);

        var best = Enumerable.Range(0, 3).Min(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            Json.Redact(result);
            return Stopwatch.GetElapsedTime(started);
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"{result.GetRawText().Length:N0} bytes: {best.TotalMilliseconds:0} ms");
        Assert.True(best < TimeSpan.FromSeconds(2), $"took {best.TotalMilliseconds} ms"); // The goal is 100 ms, optimised and undisturbed; this catches what is slow by nature.
    }

    private static string Redact(string json) => Json.Redact(JsonElement.Parse(json)).GetRawText();
}
