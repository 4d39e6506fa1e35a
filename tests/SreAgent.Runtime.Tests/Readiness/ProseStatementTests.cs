using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Tests.Readiness;

/// <summary>What documents state, and what they only seem to.</summary>
public sealed class ProseStatementTests
{
    [Theory]
    [InlineData("# Rollback of the service")]
    [InlineData("How is it rolled back?")]
    [InlineData("<!-- Roll back with make rollback. -->")]
    [InlineData("- [Rollback](#rollback)")]
    [InlineData("## Table of contents\n\n- Rollback\n- On call")]
    [InlineData("- Metric name:")]
    [InlineData("- [ ] It can be rolled back")]
    [InlineData("TBD")]
    [InlineData("**Rollback:** TODO")]
    [InlineData("To be decided before launch.")]
    [InlineData("Runbook: <link to the runbook>")]
    [InlineData("_Describe how it is rolled back._")]
    [InlineData("*What is the objective?*")]
    [InlineData("![rollback](rollback.svg) [![build](https://example.net/badge.svg)](https://example.net)")]
    [InlineData("| Dependency | When it is down |\n|---|---|\n| | |")]
    [InlineData("| Service | Objective |\n|---|---|\n| Cart | |")]
    [InlineData("| Role | Phone | Address |\n|---|---|---|\n| On call | - | oncall@example.com |")]
    [InlineData("| Step | Who | Done |\n|---|---|---|\n| Staging was tried | Ops | \u2B1C |")]
    [InlineData("Owner: cart@example.org")]
    [InlineData("```go\nfunc rollback() { panic(\"no\") }\n```")]
    [InlineData("Owner: @your-team")]
    [InlineData("---\nowner: payments\n---")]
    [InlineData("~~It can be rolled back.~~")]
    [InlineData("+++\nowner = \"payments\"\n+++")]
    [InlineData("+++\r\nowner = \"payments\"\r\n+++\r\n")]
    [InlineData("- **Recovery:** _what is done then_")]
    [InlineData("| Objective | Target |\n|---|---|\n| _e.g. availability_ | _e.g. 99.9% over 28 days_ |")]
    public void It_states_nothing(string document) => Assert.Empty(Reviewed.Statements(document));

    [Fact]
    public void What_stands_in_italics_behind_a_bold_label_may_be_the_answer() => Assert.Equal("rolled back by the team", Single("- **Recovery:** _rolled back by the team_").Text);

    [Theory]
    [InlineData("+++ b/README.md\n\nIt is rolled back by hand.\n\n+++ b/other.md\n")]
    [InlineData("+++\n\nIt is rolled back by hand.\n")]
    public void Text_behind_plus_signs_is_no_front_matter(string document) => Assert.Contains(Reviewed.Statements(document), statement => statement.Text == "It is rolled back by hand.");

    [Fact]
    public void Lines_keep_their_numbers_behind_front_matter() => Assert.Equal(5, Single("+++\nowner = \"payments\"\n+++\n\nIt is rolled back by hand.").At.Line);

    [Fact]
    public void An_open_row_of_AsciiDoc_states_nothing_either() =>
        Assert.Equal(["Ada"], Reviewed.Statements("|===\n|Role |Who\n\n|On call |-\n|Owner |Ada\n|===\n", "docs/a.adoc").Where(statement => statement.Under.Contains("Who:")).Select(statement => statement.Text));

    [Fact]
    public void A_sentence_stands_under_its_headings_and_its_question() =>
        Assert.Equal(["Cart", "Recovery", "How is it rolled back?"], Single("# Cart\n\n## Recovery\n\n**How is it rolled back?** Run `make rollback`.").Under);

    [Fact]
    public void A_question_is_answered_by_what_follows_it() =>
        Assert.Contains("Is it tested?", Single("- Is it tested?\n\nYes, every week on staging.").Under);

    [Fact]
    public void A_question_in_a_list_is_answered_by_the_items_beside_it() =>
        Assert.All(Reviewed.Statements("* **What is to be done?**\n\n* restart the worker\n* empty the queue"), statement => Assert.Contains("What is to be done?", statement.Under));

    [Fact]
    public void A_question_that_was_answered_says_nothing_of_the_next_item() =>
        Assert.DoesNotContain("Is it tested?", Reviewed.Statements("- Is it tested? Yes, weekly.\n- It writes to S3.")[^1].Under);

    [Fact]
    public void A_label_names_the_field_and_is_no_part_of_the_answer()
    {
        var owner = Single("Owner: payments team");
        Assert.Equal(("payments team", "Owner:"), (owner.Text, owner.Under[^1]));
    }

    [Fact]
    public void Lines_that_each_fill_in_a_field_are_taken_one_by_one() =>
        Assert.Equal(["maps team", "maps-oncall, then maps-leads"], Reviewed.Statements("Owner: maps team\nPager: maps-oncall, then maps-leads").Select(statement => statement.Text));

    [Fact]
    public void A_cell_stands_under_the_header_of_its_column_and_the_name_of_its_row()
    {
        var cell = Reviewed.Statements("| Dependency | If it is down |\n|---|---|\n| Postgres | reads come from the replica |")[^1];
        Assert.Equal("reads come from the replica", cell.Text);
        Assert.Equal(["Postgres", "If it is down:"], cell.Under);
    }

    [Fact]
    public void A_citation_is_the_sentence_and_not_its_section()
    {
        var statements = Reviewed.Statements("# A\n\nFirst line\nof the first sentence. The second\nsentence.\n\nThird.");
        Assert.Equal([(3, 4), (4, 5), (7, 7)], statements.Select(statement => (statement.At.Line, statement.At.EndLine)));
        Assert.Equal("First line\nof the first sentence. The second", statements[0].At.Quote);
    }

    [Fact]
    public void The_commands_of_a_step_are_a_statement()
    {
        var code = Reviewed.Statements("To roll back:\n\n```sh\nmake rollback\n```")[^1];
        Assert.Equal(("make rollback", 4), (code.Text, code.At.Line));
    }

    [Fact]
    public void A_ticked_choice_only_names_what_is_told_beneath_it() =>
        Assert.Equal(["payments_total"], Reviewed.Statements("- [x] Metrics\n  - Name: payments_total").Select(statement => statement.Text));

    [Fact]
    public void Where_a_link_leads_is_kept() => Assert.Contains("https://wiki.example.net/rb", Single("See the [runbook](https://wiki.example.net/rb) first.").Text, StringComparison.Ordinal);

    [Fact]
    public void AsciiDoc_is_read_alike()
    {
        var statements = Reviewed.Statements("= Relay\n\n// no comment\n== Owners\n\nOwner:: mail team\n\n[source,bash]\n----\nrelayctl drain\n----\n", "docs/relay.adoc");
        Assert.Equal([("mail team", 6), ("relayctl drain", 10)], statements.Select(statement => (statement.Text, statement.At.Line)));
        Assert.All(statements, statement => Assert.Equal(["Relay", "Owners"], statement.Under.Take(2)));
    }

    [Fact]
    public void Underlined_headings_are_headings() =>
        Assert.Equal(["Counter", "Upgrading"], Assert.Single(Reviewed.Statements("Counter\n=======\n\nUpgrading\n---------\n\nStop it and start the new one.", "README.rst")).Under);

    [Theory]
    [InlineData("docs/incidents.qmd", 1)]
    [InlineData("docs/incidents.Rmd", 1)]
    [InlineData("docs/incidents.html", 0)]
    public void What_is_written_for_a_generator_of_reports_is_Markdown(string path, int statements) =>
        Assert.Equal(statements, Reviewed.Statements("# Incidents\n\nThe cart was down for an hour.", path).Count);

    private static Statement Single(string document) => Assert.Single(Reviewed.Statements(document));
}
