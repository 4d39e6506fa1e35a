using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.Waivers;
using SreAgent.Runtime.Readiness.Waivers;

namespace SreAgent.Runtime.Tests.Readiness;

public class WaiverReaderTests
{
    private const string Good = """
        # Decisions we live with.
        waivers:
          - question: on-call
            reason: "The team hires: until spring the platform team is called."
            owner: shop
            expires: 2027-03-31
          - finding: alert-without-runbook
            path: deploy/alerts.yml
            reason: It pages nobody.
            owner: shop
            expires: 2027-03-31
        """;

    [Fact]
    public void Waivers_of_questions_and_findings_are_read()
    {
        var file = Read(Good);

        Assert.Empty(file.Problems);
        Assert.Equal(["on-call", "alert-without-runbook"], file.Waivers.Select(waiver => waiver.Subject));
        Assert.Equal((3, "deploy/alerts.yml", new DateOnly(2027, 3, 31)), (file.Waivers[0].Line, file.Waivers[1].Path, file.Waivers[1].Expires));
    }

    [Theory]
    [InlineData("reason: \"The team hires: until spring the platform team is called.\"", "reason: ''", "gives no reason")]
    [InlineData("    owner: shop\n    expires: 2027-03-31\n  - finding", "    expires: 2027-03-31\n  - finding", "names no owner")]
    [InlineData("expires: 2027-03-31\n  - finding", "expires: soon\n  - finding", "needs a last day")]
    [InlineData("expires: 2027-03-31\n  - finding", "expires: 2027-02-30\n  - finding", "needs a last day")]
    [InlineData("expires: 2027-03-31\n  - finding", "until: 2027-03-31\n  - finding", "'until', which is not known")]
    [InlineData("question: on-call", "question: on-call\n    finding: x", "not both")]
    [InlineData("question: on-call", "question: on-call\n    path: x", "a path, which only")]
    [InlineData("waivers:", "waiver:", "has no list of waivers")]
    [InlineData("waivers:", "version: 2\nwaivers:", "'version' is not known")]
    [InlineData("waivers:", "waivers: [", "is no YAML")]
    public void What_is_not_understood_waives_nothing_and_is_a_finding(string part, string instead, string why)
    {
        var text = Good.ReplaceLineEndings("\n");
        Assert.Contains(part, text, StringComparison.Ordinal);

        var file = Read(text.Replace(part, instead, StringComparison.Ordinal));

        Assert.Contains(file.Problems, problem => problem.Id == WaiverFile.Malformed && problem.Path == Waiver.File && problem.Message.Contains(why, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n# nothing yet\n")]
    public void An_empty_file_says_nothing(string text)
    {
        var file = Read(text);

        Assert.Empty(file.Waivers);
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("a: &a [*a, *a]\nwaivers: *a")]
    [InlineData("waivers:\n  - *nowhere")]
    [InlineData("waivers: {a: {b: {c: {d: e}}}}")]
    [InlineData("- - - - - - -")]
    [InlineData("waivers:\n\t- x")]
    [InlineData("\0\0")]
    public void Nonsense_is_survived(string text) => Assert.Empty(Read(text).Waivers);

    private static WaiverFile Read(string text) => WaiverReader.Read(new SourceText(Waiver.File, text));
}
