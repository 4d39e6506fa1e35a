using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>What tells who is called, and what they do.</summary>
public sealed class OnCallRuleTests
{
    private const string Question = "on-call";

    [Theory]
    [InlineData("# Cart\n\n## Playbook\n\nRestart the workers when the queue is stuck.", SubQuestionState.Answered)]
    [InlineData("# Cart\n\n## Playbook\n\nRun `ansible-playbook site.yml` to install it.", SubQuestionState.Open)]
    [InlineData("# Cart\n\n## Ansible playbook\n\nRun the steps one after another.", SubQuestionState.Open)]
    public void A_playbook_of_Ansible_is_no_runbook(string text, SubQuestionState state) => Assert.Equal(state, Reviewed.Part(Question, "runbook", text).State);

    [Fact]
    public void What_a_product_lets_its_users_do_is_no_rota() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part(Question, "rota", "# Cart\n\n## Operation\n\nThe app makes it possible for users to be on-call and see their schedule.").State);

    [Theory]
    [InlineData("# Cart\n\n## Operation\n\nMake sure it contains the correct domain.", SubQuestionState.Open)]
    [InlineData("# Cart\n\n## Operation\n\nMake sure the workers are healthy.", SubQuestionState.Answered)]
    public void A_setting_to_make_sure_of_is_no_first_step(string text, SubQuestionState state) => Assert.Equal(state, Reviewed.Part(Question, "first-steps", text).State);
}
