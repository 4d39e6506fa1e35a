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

    [Theory]
    [InlineData("## Incident contact details\n\nEmail cart-alerts@example.org for database issues.", "rota", SubQuestionState.Answered)]
    [InlineData("## Service team contact\n\nThe cart team, #cart", "owner", SubQuestionState.Answered)]
    [InlineData("## First line troubleshooting\n\nOut of hours, please contact the cart team.", "owner", SubQuestionState.Answered)]
    [InlineData("## Links\n\n- [Escalation path](https://wiki.example.org/escalation)", "rota", SubQuestionState.Answered)]
    [InlineData("## Urgent decisions\n\nSend an SMS to Ada or, if no response, call Grace.", "rota", SubQuestionState.Answered)]
    [InlineData("## Support\n\nAsk the cart team in #cart.", "owner", SubQuestionState.Open)]
    [InlineData("## Support procedures\n\nIf the worker hangs, inspect its logs and restart it.", "runbook", SubQuestionState.Answered)]
    [InlineData("## Runbook\n\nFollow the [procedures](https://runbooks.example.org/cart).", "pointer", SubQuestionState.Answered)]
    [InlineData("## Automatic alerts\n\nErrors are told by email alerts to cart@example.org.", "told", SubQuestionState.Answered)]
    [InlineData("## Meta\n\n- **Point person:** @ada", "owner", SubQuestionState.Answered)]
    [InlineData("## In case of emergency\n\nThe cart team can restore it.", "owner", SubQuestionState.Answered)]
    [InlineData("## Response times\n\nThe team responds to incidents around the clock.", "rota", SubQuestionState.Answered)]
    [InlineData("## Provider\n\nThe provider has engineers on call 24/7.", "rota", SubQuestionState.Open)]
    [InlineData("## Incident response\n\nThe incident lead will be a developer.", "rota", SubQuestionState.Answered)]
    [InlineData("## Tell people if you see an alert\n\n1. Find out if anybody else is investigating.\n2. Check the status page.", "runbook", SubQuestionState.Answered)]
    [InlineData("## Git hooks\n\nPut the interpreter on the first line:\n\n```\n#!/bin/sh\nrestart cart\n```", "runbook", SubQuestionState.Open)]
    public void Routes_to_people_are_told_under_many_names(string text, string part, SubQuestionState state) => Assert.Equal(state, Reviewed.Part(Question, part, $"# Cart\n\n{text}\n").State);

    [Theory]
    [InlineData("## Automatic alerts\n\nErrors are told by email alerts to cart@example.org.\n\n## Runbook\n\nRestart the workers when the queue is stuck.", Verdict.Answered)]
    [InlineData("## Automatic alerts\n\nErrors are told by email alerts to cart@example.org.", Verdict.Partly)]
    [InlineData("## Runbook\n\nRestart the workers when the queue is stuck.", Verdict.Partly)]
    public void Who_is_told_and_what_they_do_answer_it_together(string text, Verdict verdict) => Assert.Equal(verdict, Reviewed.Question(Question, $"# Cart\n\n{text}\n").Verdict);

    [Theory]
    [InlineData("If you come across an issue, search the [issues](https://git.example.org/cart/issues).", SubQuestionState.Open)]
    [InlineData("Email cart@example.org.", SubQuestionState.Answered)]
    public void A_tracker_of_issues_is_no_rota(string text, SubQuestionState state) => Assert.Equal(state, Reviewed.Part(Question, "rota", $"# Cart\n\n## Support & Contact\n\n{text}\n").State);

    [Fact]
    public void What_a_product_lets_its_users_do_is_no_rota() =>
        Assert.Equal(SubQuestionState.Open, Reviewed.Part(Question, "rota", "# Cart\n\n## Operation\n\nThe app makes it possible for users to be on-call and see their schedule.").State);

    [Theory]
    [InlineData("# Cart\n\n## Operation\n\nMake sure it contains the correct domain.", SubQuestionState.Open)]
    [InlineData("# Cart\n\n## Operation\n\nMake sure the workers are healthy.", SubQuestionState.Answered)]
    public void A_setting_to_make_sure_of_is_no_first_step(string text, SubQuestionState state) => Assert.Equal(state, Reviewed.Part(Question, "first-steps", text).State);
}
