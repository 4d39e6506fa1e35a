using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SreAgent.Core.Redaction;
using SreAgent.Core.Tools;
using SreAgent.Testing.Http;

namespace SreAgent.Integrations.Tests.Http;

/// <summary>Who we say we are, whom we believe, and what we never say.</summary>
public sealed class IdentityTests : IDisposable
{
    private const string Answer = """{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("sre-agent-identity-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("Token", "tok-123456", "Authorization: Bearer tok-123456")]
    [InlineData("Headers:X-Scope-OrgID", "tenant-7", "X-Scope-OrgID: tenant-7")]
    public async Task Configured_identity_is_sent(string name, string value, string header) =>
        Assert.Contains(header, await HeadersAsync((name, value)), StringComparison.Ordinal);

    [Fact]
    public async Task A_user_name_and_password_are_sent_as_basic_authentication()
    {
        var basic = Convert.ToBase64String("ada:s3cret-word"u8);

        Assert.Contains($"Authorization: Basic {basic}", await HeadersAsync(("Username", "ada"), ("Password", "s3cret-word")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_is_read_again_when_it_changes()
    {
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "first-token\n", Token);
        var stub = Stub();
        using var wired = Over(stub, ("TokenFile", file));

        await wired.Prometheus.QueryAsync("1", cancellationToken: Token);
        await File.WriteAllTextAsync(file, "second-token-2\n", Token);
        await wired.Prometheus.QueryAsync("1", cancellationToken: Token);

        Assert.Contains("Bearer first-token", stub.Asked[0].Headers, StringComparison.Ordinal);
        Assert.Contains("Bearer second-token-2", stub.Asked[1].Headers, StringComparison.Ordinal);
        Assert.Contains("second-token-2", wired.Integration("Prometheus") is ISecretSource source ? source.Secrets : []);
    }

    [Fact]
    public async Task A_token_file_that_has_gone_stops_the_question_and_names_the_setting()
    {
        var file = Path.Combine(_folder, "token");
        await File.WriteAllTextAsync(file, "first-token", Token);
        using var wired = Over(Stub(), ("TokenFile", file));
        File.Delete(file);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("1", cancellationToken: Token));

        Assert.Contains("Integrations:Prometheus:TokenFile could not be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_in_an_address_are_used_and_never_shown()
    {
        using var wired = Wired.Prom("http://ada:s3cret-word@127.0.0.1:1/");

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("1", cancellationToken: Token));
        var probe = await wired.Integration("Prometheus").ProbeAsync(Token);

        Assert.DoesNotContain("s3cret", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", probe.Detail, StringComparison.Ordinal);
        var redacted = new Redactor(((ISecretSource)wired.Integration("Prometheus")).Secrets)
            .Redact($"sent s3cret-word as {Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:s3cret-word"))}");
        Assert.Equal("sent [redacted:configured] as [redacted:configured]", redacted);
    }

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_refused()
    {
        using var certificate = SelfSigned("prometheus.test");
        await using var stub = LoopbackStub.Saying(LoopbackStub.Reply(200, "application/json", Answer), certificate);
        using var wired = Wired.Prom(stub.Address);

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("1", cancellationToken: Token));

        Assert.StartsWith("No secure connection to Prometheus", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Integrations:Prometheus:Tls", fault.Message, StringComparison.Ordinal);
        Assert.False(fault.Retryable);
    }

    [Fact]
    public async Task A_certificate_of_the_configured_authority_and_name_is_believed()
    {
        using var certificate = SelfSigned("prometheus.test");
        var authority = Path.Combine(_folder, "ca.pem");
        await File.WriteAllTextAsync(authority, certificate.ExportCertificatePem(), Token);
        await using var stub = LoopbackStub.Saying(LoopbackStub.Reply(200, "application/json", Answer), certificate);

        using var believed = Wired.Prom(stub.Address.ToString(), clock: null, ("Tls:CaFile", authority), ("Tls:ServerName", "prometheus.test"));
        using var misnamed = Wired.Prom(stub.Address.ToString(), clock: null, ("Tls:CaFile", authority), ("Tls:ServerName", "other.test"));

        Assert.IsType<ToolResult.Found>(await believed.Prometheus.QueryAsync("1", cancellationToken: Token));
        await Assert.ThrowsAsync<ToolException>(() => misnamed.Prometheus.QueryAsync("1", cancellationToken: Token));
    }

    [Fact]
    public async Task Looking_away_from_certificates_works_and_is_said_loudly()
    {
        using var certificate = SelfSigned("prometheus.test");
        await using var stub = LoopbackStub.Saying(
            LoopbackStub.Reply(200, "application/json", """{"status":"success","data":{"version":"3.1.0"}}"""), certificate);
        using var wired = Wired.Prom(stub.Address.ToString(), clock: null, ("Tls:InsecureSkipVerify", "true"));

        var probe = await wired.Integration("Prometheus").ProbeAsync(Token);

        Assert.True(probe.Ok, probe.Detail);
        Assert.Contains("WARNING: Integrations:Prometheus:Tls:InsecureSkipVerify is on", probe.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_cannot_be_read_names_the_setting()
    {
        var file = Path.Combine(_folder, "key.pem");
        await File.WriteAllTextAsync(file, "not a key", Token);
        using var wired = Wired.Prom("https://127.0.0.1:1/", clock: null, ("Tls:CertFile", file), ("Tls:KeyFile", file));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Prometheus.QueryAsync("1", cancellationToken: Token));

        Assert.Contains("Integrations:Prometheus:Tls could not be loaded", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<string> HeadersAsync(params (string Name, string Value)[] settings)
    {
        var stub = Stub();
        using var wired = Over(stub, settings);
        await wired.Prometheus.QueryAsync("1", cancellationToken: Token);
        return stub.Asked[0].Headers;
    }

    private static StubHandler Stub() => new StubHandler().On(HttpMethod.Post, "/api/v1/query", StubHandler.Json(Answer));

    private static Wired Over(StubHandler stub, params (string Name, string Value)[] settings) =>
        Wired.With(
            settings.Append(("BaseUrl", "http://prometheus.test")).ToDictionary(
                setting => $"Integrations:Prometheus:{setting.Item1}", setting => (string?)setting.Item2, StringComparer.Ordinal),
            clock: null,
            stub);

    private static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
