using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Findings;

namespace SreAgent.Runtime.Tests.Readiness.Signals;

public class ExposedSecretTests
{
    // Made up here, and put together so that no scanner of this repository takes it for one.
    private static readonly string Token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8";
    private static readonly string Password = "kT9" + "vQx2LmZ7pRw4Jd8Ys";

    [Fact]
    public async Task A_secret_is_found_with_its_line_and_never_repeated()
    {
        var repository = new WrittenRepository("x").With("config/production.yaml", $"a: b\ntoken: {Token}\npassword: \"{Password}\"\n");

        var reading = await repository.ReadingAsync();
        var findings = FindingRules.Find(reading.Statements, repository.Listing);

        Assert.Equal([2, 3], findings.Select(finding => finding.Line!.Value));
        Assert.All(findings, finding => Assert.Equal(("secret-in-configuration", FindingSeverity.Critical), (finding.Id, finding.Severity)));
        var told = string.Concat(findings.Select(finding => finding.Message)) + string.Concat(reading.Statements.Select(statement => statement.ToString() + statement.At + string.Concat(statement.Fields.Values)));
        Assert.DoesNotContain(Token, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("password: changeme")]
    [InlineData("password: ${DB_PASSWORD}")]
    [InlineData("password: {{ .Values.password }}")]
    [InlineData("passwordSecretName: cart-database-credentials")]
    [InlineData("DATABASE_URL: postgres://user:password@localhost:5432/x")]
    [InlineData("# token: ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8")]
    [InlineData("image: x@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("apiKey: your-api-key-here")]
    [InlineData("secretKeyRef: { name: a, key: tokenOfTheService1A }")]
    public void What_only_looks_like_one_is_left_alone(string line) =>
        Assert.DoesNotContain(WrittenRepository.Statements("config/production.yaml", line + "\n"), statement => statement.Kind == StatementKind.ExposedSecret);

    [Theory]
    [InlineData("docker-compose.yml")]
    [InlineData("config/dev/app.yaml")]
    [InlineData(".env.example")]
    public void Places_for_trying_are_left_alone(string path) =>
        Assert.DoesNotContain(WrittenRepository.Statements(path, $"password: \"{Password}\"\n"), statement => statement.Kind == StatementKind.ExposedSecret);
}
