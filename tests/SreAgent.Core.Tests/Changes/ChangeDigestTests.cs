using System.Text.RegularExpressions;
using SreAgent.Core.Changes;
using static SreAgent.Core.Tests.Tools.ToolBuilder;

namespace SreAgent.Core.Tests.Changes;

public class ChangeDigestTests
{
    private static readonly ChangeDigest Agreed = Digest();

    [Fact]
    public void A_digest_is_sha256_in_lower_case_hex() => Assert.Matches(new Regex("^[0-9a-f]{64}$", RegexOptions.None, TimeSpan.FromSeconds(1)), Agreed.Value);

    public static TheoryData<string, ChangeDigest> Differences => new()
    {
        { "tool", Digest(tool: "fly_restart") },
        { "argument", Digest(arguments: """{"app":"checkout","count":4}""") },
        { "argument's type", Digest(arguments: """{"app":"checkout","count":"3"}""") },
        { "further argument", Digest(arguments: """{"app":"checkout","count":3,"force":true}""") },
        { "argument left out", Digest(arguments: """{"app":"checkout"}""") },
        { "environment", Digest(scope: Scope(environment: "staging")) },
        { "persona", Digest(scope: Scope(persona: "kai")) },
        { "requester", Digest(scope: Scope(requester: "os:eve")) },
        { "policy", Digest(policy: "p2") },
        { "fingerprint", Digest(fingerprint: "v2") },
    };

    [Theory]
    [MemberData(nameof(Differences))]
    public void Everything_that_was_approved_is_in_the_digest(string difference, ChangeDigest other) =>
        Assert.False(Agreed == other, $"Another {difference} gives the same digest.");

    [Fact]
    public void Prose_is_not_in_the_digest() =>
        Assert.Equal(Agreed, Digest(arguments: """{"app":"checkout","count":3,"reason":"because"}"""));

    [Fact]
    public void Order_and_spelling_are_not_in_the_digest() =>
        Assert.Equal(Agreed, Digest(arguments: """{ "count" : 3.0, "\u0061pp" : "checkout" }"""));

    [Fact]
    public void Parts_cannot_run_into_each_other() =>
        Assert.NotEqual(Digest(policy: "p1", fingerprint: "xv1"), Digest(policy: "p1x", fingerprint: "v1"));

    [Theory]
    [InlineData("""{"id":9007199254740993}""")]
    [InlineData("""{"deep":[{"id":-9007199254740992}]}""")]
    [InlineData("""{"id":1e30}""")]
    [InlineData("""{"id":1e999}""")]
    public void Numbers_that_share_a_double_with_others_are_refused(string arguments) =>
        Assert.Throws<ArgumentException>(() => Digest(arguments: arguments));

    private static ChangeDigest Digest(
        string tool = "fly_deploy", string arguments = """{"app":"checkout","count":3}""", CallScope? scope = null, string policy = "p1", string fingerprint = "v1") =>
        Tool(name: tool, prose: "reason").DigestOf(Arguments(arguments), scope ?? Scope(), policy, fingerprint);
}
