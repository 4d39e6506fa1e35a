using SreAgent.Core.Personas;
using SreAgent.Runtime.Documents;
using SreAgent.Runtime.Personas;

namespace SreAgent.Runtime.Tests.Personas;

public sealed class MustAnswerTests
{
    [Theory]
    [InlineData("What SLOs and SLIs are set, and how is it observed?", "slo-observability")]
    [InlineData("Is there monitoring?", "slo-observability")]
    [InlineData("How does it fail and how do we recover or roll back?", "failure-recovery")]
    [InlineData("How is an upgrade with schema migrations made safe?", "upgrade")]
    [InlineData("Which dependencies are there and what if they are degraded?", "dependencies")]
    [InlineData("Who is on-call, and how is it escalated?", "on-call")]
    [InlineData("Where are the runbooks?", "on-call")]
    [InlineData("What does it cost per month?", "cost-per-month")]
    [InlineData("Does the slogan slide fit?", "slogan-slide-fit")]
    [InlineData("???", "question")]
    public void The_words_of_a_question_give_its_id(string question, string id) => Assert.Equal(id, MustAnswerReader.IdOf(question));

    [Fact]
    public void An_id_written_before_the_question_is_taken()
    {
        var (questions, problems) = Read("- `data-residency`: Where is the data?\n- **`x`** - What are the SLOs?\n- `on-call` — Who?");

        Assert.Equal([new("data-residency", "Where is the data?"), new("slo-observability", "x - What are the SLOs?"), new MustAnswer("on-call", "Who?")], questions);
        Assert.Empty(problems);
    }

    [Fact]
    public void Two_questions_never_share_an_id()
    {
        var (questions, problems) = Read("1. What are the SLOs?\n2. Which SLOs matter?\n3. Which SLOs matter?\n4. Upgrade?\n5. Upgrade?");

        Assert.Equal(5, questions.Select(question => question.Id).Distinct().Count());
        Assert.Equal([3, 4, 6], problems.Select(problem => problem.Line));
    }

    private static (IReadOnlyList<MustAnswer> Questions, IReadOnlyList<DocumentProblem> Problems) Read(string items)
    {
        var problems = new List<DocumentProblem>();
        return (MustAnswerReader.Read(MarkdownOutline.Of($"## Must-Answer\n{items}", 1, PersonaSection.IsLabel), problems), problems);
    }
}
