using SreAgent.Runtime.Readiness.Rules;

namespace SreAgent.Runtime.Tests.Readiness;

public sealed class RulesReadingTests : IDisposable
{
    private const string Valid = "id: privacy\nversion: 2\nsub-questions:\n  - id: retention\n    asks: how long\n    write: Write how long in {file}.\n    prose:\n      - says: [[retention, kept for], [<duration>]]\nanswered: [retention]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("rules").FullName;

    [Fact]
    public void The_shipped_rules_are_sound_and_cover_the_five_questions()
    {
        Assert.Empty(Reviewed.Shipped.Problems);
        Assert.Equal(Reviewed.Questions.Select(question => question.Id).Order(StringComparer.Ordinal), Reviewed.Shipped.Rules.Questions.Select(question => question.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_file_with_a_new_id_adds_a_question() => Assert.Equal("privacy", Assert.Single(Read(Valid).Rules.Questions).Id);

    [Fact]
    public void A_later_folder_takes_the_place_of_the_same_id()
    {
        var later = Directory.CreateDirectory(Path.Combine(_folder, "later")).FullName;
        File.WriteAllText(Path.Combine(later, "mine.yaml"), Valid.Replace("how long", "for how long", StringComparison.Ordinal).Replace("version: 2", "version: 3", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_folder, "privacy.yaml"), Valid);
        var rules = new RulesReading([_folder, later]).Rules;
        Assert.Equal("for how long", Assert.Single(Assert.Single(rules.Questions).Parts).Asks);
        Assert.Equal("privacy/3", rules.Version);
    }

    [Fact]
    public void Every_mistake_is_told_at_once_with_its_line()
    {
        var problems = Read("id: x\nversion: 1\nsub-questions:\n  - id: a\n    asks: b\n    kinds: [alarm-rule]\n    prose:\n      - under: [\"@nothing\"]\n        sayz: [[a]]\n      - says: [[\"<colour>\"]]\n        bare: [maybe]\nanswered: [c]\n").Problems;
        Assert.Contains(problems, problem => problem.Contains("rules.yaml:6: 'alarm-rule' is no kind of statement", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("rules.yaml:8: the vocabulary has no 'nothing'", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("rules.yaml:9: 'sayz' is not known here", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("rules.yaml:10: '<colour>' is no shape", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'maybe' is no short answer", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("'write' is missing", StringComparison.Ordinal));
        Assert.Contains(problems, problem => problem.Contains("there is no sub-question 'c'", StringComparison.Ordinal));
    }

    [Fact]
    public void What_the_wording_names_holds_in_every_file_unless_a_file_names_it_itself()
    {
        File.WriteAllText(Path.Combine(_folder, "zz-wording.yaml"), "id: wording\nversion: 1\nvocabulary:\n  shared: [everywhere]\n  own: [not this]\n");

        var rules = Read("id: x\nversion: 1\nvocabulary:\n  own: [\"@shared\", here]\nsub-questions:\n  - {id: a, asks: b, write: c, prose: [{says: [[\"@own\"]]}]}\nanswered: [a]\n");

        Assert.Empty(rules.Problems);
        Assert.Equal(["everywhere", "here"], Assert.Single(Assert.Single(Assert.Single(Assert.Single(rules.Rules.Questions).Parts).Prose).Says));
    }

    [Theory]
    [InlineData("id: [", "not valid YAML")]
    [InlineData("- a", "expected one document")]
    [InlineData("version: 1", "'id' and 'version' are needed")]
    [InlineData("id: x\nversion: 1\nsub-questions:\n  - {id: a, asks: b, write: c, prose: [{yes-no: true}]}\nanswered: [a]", "it accepts every sentence")]
    public void A_file_that_cannot_be_used_says_why(string text, string why) => Assert.Contains(why, string.Join('\n', Read(text).Problems), StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_is_not_there_is_a_mistake_in_the_settings() =>
        Assert.StartsWith("Readiness:RulesFolder", Assert.Single(new RulesReading([Path.Combine(_folder, "none")]).Problems), StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RulesReading Read(string text)
    {
        File.WriteAllText(Path.Combine(_folder, "rules.yaml"), text);
        return new RulesReading([_folder]);
    }
}
