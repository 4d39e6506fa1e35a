using SreAgent.Core.Personas;
using SreAgent.Runtime.Personas;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Personas;

public sealed class PersonaParserTests
{
    [Fact]
    public void An_agent_file_gives_name_description_tools_and_model()
    {
        var persona = Parse(PersonaFileBuilder.Agent("code-watcher").Key("tools", "prometheus, alertmanager_list_*").Key("model", "sonnet").Text());

        Assert.Equal(PersonaDialect.Agent, persona.Dialect);
        Assert.Equal(("code-watcher", "code-watcher", "sonnet"), (persona.Id, persona.Name, persona.Model));
        Assert.Equal("Does what code-watcher does.", persona.Description);
        Assert.Equal(["prometheus", "alertmanager_list_*"], persona.ToolGrants);
        Assert.Equal("You are it.", persona.Instructions);
    }

    [Fact]
    public void A_role_file_gives_title_and_skills()
    {
        var persona = Parse(PersonaFileBuilder.Role("sre", "Reliability").Key("reports_to", "director").Front("skills:").Front("  - deploy-fly").Front("  - git-worktree")
            .Body("# Reliability").Section("Role Overview").Body("Runs it. Fixes it.").Text());

        Assert.Equal((PersonaDialect.Role, "sre", "Reliability"), (persona.Dialect, persona.Id, persona.Name));
        Assert.Equal(["deploy-fly", "git-worktree"], persona.Skills);
        Assert.Equal("Runs it. Fixes it.", persona.Description);
    }

    [Fact]
    public void A_lens_file_gives_what_it_looks_at()
    {
        var persona = Parse(PersonaFileBuilder.Lens("operator")
            .Section("Mission").Body("See to it.")
            .Section("When To Use", "Use when: it deploys.", "Primary task: look.", "Avoid when: it is a sketch (use `architect`).")
            .Section("Priorities", "**First**", "Second")
            .Section("Must-Answer", "What are the SLOs?")
            .Section("Failure Modes (Avoid)", "Hope.").Text());

        Assert.Equal(PersonaDialect.Lens, persona.Dialect);
        Assert.Equal("See to it.", persona.Description);
        Assert.Equal(["it deploys."], persona.WhenToUse);
        Assert.Equal(["it is a sketch (use architect)."], persona.WhenNotToUse);
        Assert.Equal([new Handover("architect", "it is a sketch")], persona.Handovers);
        Assert.Equal(["First", "Second"], persona.Priorities);
        Assert.Equal([new MustAnswer("slo-observability", "What are the SLOs?")], persona.MustAnswer);
        Assert.Equal(["Hope."], persona.FailureModes);
    }

    [Fact]
    public void A_job_description_needs_no_front_matter()
    {
        var persona = Parse(PersonaFileBuilder.JobDescription("Some Engineer")
            .Section("Job Description").Body("Builds things.")
            .Section("AI Agent Profile").Body("**Agent Name:** SRE_Commander").Body("### System Prompt\n> You command.")
            .Body("### Personalities\n* **The Firefighter:** Calm.\n* **The Capacity Planner:** Ahead.\n\n#### Example Phrases\n* \"How much is left?\"")
            .Body("### Recommended MCP Servers\n* **prometheus**: metrics\n* **aws**: cloud").Text());

        Assert.Equal((PersonaDialect.JobDescription, "sre-commander", "SRE_Commander"), (persona.Dialect, persona.Id, persona.Name));
        Assert.Equal("Builds things.", persona.Description);
        Assert.Equal([new PersonaMode("Firefighter", "Calm."), new PersonaMode("Capacity Planner", "Ahead.")], persona.Modes);
        Assert.Equal(["How much is left?"], persona.ExamplePhrases);
        Assert.Equal([new McpRecommendation("prometheus", "metrics"), new McpRecommendation("aws", "cloud")], persona.RecommendedMcpServers);
        Assert.Equal(["prometheus", "aws"], persona.ToolGrants);
    }

    [Fact]
    public void A_job_description_that_lists_tools_holds_those_and_not_what_it_recommends()
    {
        var persona = Parse(PersonaFileBuilder.JobDescription("X").Section("Tools", "`prometheus_query`: looks", "**grafana**").Section("Recommended MCP Servers", "aws: cloud").Text());

        Assert.Equal(["prometheus_query", "grafana"], persona.ToolGrants);
    }

    [Theory]
    [InlineData("🤖 Kai (the SRE)", "kai-the-sre")]
    [InlineData("Visual  Storyteller", "visual-storyteller")]
    [InlineData("SRE_Commander", "sre-commander")]
    [InlineData("../../etc/passwd", "etc-passwd")]
    public void Names_become_ids(string name, string id)
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", PersonaFileBuilder.Agent($"\"{name}\"").Text());

        Assert.Equal(id, document!.Persona.Id);
        Assert.Equal(name.Replace("  ", " ", StringComparison.Ordinal), document.Persona.Name);
        Assert.Contains(problems, problem => problem.Line == 2 && problem.Message.Contains($"'{id}'"));
    }

    [Theory]
    [InlineData("name: 🤖")]
    [InlineData("color: red")]
    public void Without_a_usable_name_the_file_gives_the_id(string line)
    {
        var (document, problems) = PersonaParser.Parse("/x/My Agent.md", $"---\n{line}\n---\nBody");

        Assert.Equal("my-agent", document!.Persona.Id);
        Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Warning && problem.Message.Contains("'my-agent'"));
    }

    [Theory]
    [InlineData("---\nmodel: sonnet\n---\n")]
    [InlineData("---\nname:\n---\n  \n")]
    public void Only_a_file_with_neither_name_nor_body_is_refused(string text)
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", text);

        Assert.Null(document);
        Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Error);
    }

    [Fact]
    public void A_name_without_a_body_loads_with_a_warning()
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", "---\nname: kai\n---\n");

        Assert.Equal("kai", document!.Persona.Id);
        Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Warning && problem.Message.Contains("no body"));
    }

    [Fact]
    public void The_tools_of_coding_agents_are_not_granted_and_that_is_said()
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", PersonaFileBuilder.Agent("a").Key("tools", "Read, Bash(git log:*), WebFetch, Task, Skill").Text());

        Assert.Equal(["host_read_skill"], document!.Persona.ToolGrants);
        Assert.Equal(4, problems.Count(problem => problem is { Severity: ProblemSeverity.Info, Line: 4 } && problem.Message.Contains("not granted")));
    }

    [Theory]
    [InlineData("[prometheus, host]", "prometheus,host")]
    [InlineData("prometheus host", "prometheus,host")]
    [InlineData("\"prometheus, host, prometheus\"", "prometheus,host")]
    [InlineData("{prometheus: true, aws: false}", "prometheus")]
    [InlineData("mcp__prometheus__query_range, mcp__github, mcp__my-server__do-it, mcp__fly__*", "prometheus_query_range,github,my_server_do_it,fly")]
    [InlineData("'*'", "*")]
    [InlineData("All Tools!", "")]
    [InlineData("", "")]
    public void Tools_are_read_however_they_are_listed(string tools, string expected) =>
        Assert.Equal(expected, string.Join(',', Parse(PersonaFileBuilder.Agent("a").Key("tools", tools).Text()).ToolGrants));

    [Fact]
    public void What_is_not_named_is_not_held()
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", PersonaFileBuilder.Agent("a").Text());

        Assert.Empty(document!.Persona.ToolGrants);
        Assert.Contains(problems, problem => problem.Severity == ProblemSeverity.Info && problem.Message.Contains("no 'tools' key"));
    }

    [Fact]
    public void Granting_everything_is_taken_at_its_word_and_warned_about()
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", PersonaFileBuilder.Agent("a").Key("tools", "'*'").Text());

        Assert.Equal(["*"], document!.Persona.ToolGrants);
        Assert.Contains(problems, problem => problem is { Severity: ProblemSeverity.Warning, Line: 4 } && problem.Message.Contains("every tool"));
    }

    [Fact]
    public void Disallowed_tools_are_taken_away_or_it_is_said_why_not()
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md",
            PersonaFileBuilder.Agent("a").Key("tools", "prometheus, fly_deploy, fly_status").Key("disallowedTools", "fly_deploy, prometheus_query").Text());

        Assert.Equal(["prometheus", "fly_status"], document!.Persona.ToolGrants);
        Assert.Contains(problems, problem => problem.Message.Contains("'prometheus_query' is disallowed but still held through 'prometheus'"));
    }

    [Fact]
    public void Hand_overs_are_read_from_collaboration_and_from_when_not_to_use()
    {
        var persona = Parse(PersonaFileBuilder.Agent("a")
            .Section("When NOT to Use", "Tuning (use dba or architect)", "Never for this (use direct API calls)")
            .Section("Collaboration", "**Hand to platform-engineer**: For self-service", "**Escalate to lead:** fire", "**Receive from deployer**: wishes").Text());

        Assert.Equal(
            [new("dba", "Tuning"), new("architect", "Tuning"), new("platform-engineer", "self-service"), new Handover("lead", "fire")],
            persona.Handovers);
    }

    [Fact]
    public void A_description_that_says_when_routes_where_no_section_does()
    {
        var persona = Parse("---\nname: a\ndescription: Knows things. Use this agent for reviews and design.\n---\nBody");

        Assert.Equal(["reviews and design"], persona.WhenToUse);
    }

    [Fact]
    public void Examples_are_left_out_of_the_description()
    {
        var persona = Parse("---\nname: a\ndescription: \"Does it. Examples:\\n\\n<example>user: long</example>\"\n---\nBody");

        Assert.Equal("Does it.", persona.Description);
    }

    [Fact]
    public void Headings_inside_code_are_text()
    {
        var persona = Parse(PersonaFileBuilder.Agent("a").Body("```md\n## Priorities\n- none\n```").Section("⚡ Priorities", "one").Text());

        Assert.Equal(["one"], persona.Priorities);
    }

    [Fact]
    public void Bold_labels_count_as_headings_and_nested_points_belong_to_their_parent()
    {
        var persona = Parse(PersonaFileBuilder.Agent("a").Body("**When to use:**\n- one\n  - more\n  and more\n- two\n\n**Not a heading at all**").Text());

        Assert.Equal(["one more and more", "two"], persona.WhenToUse);
    }

    [Fact]
    public void Unknown_keys_are_mentioned_and_harmless()
    {
        var (document, problems) = PersonaParser.Parse("/x/file.md", PersonaFileBuilder.Agent("a").Key("vibe", "happy").Text());

        Assert.NotNull(document);
        Assert.Contains(problems, problem => problem is { Severity: ProblemSeverity.Info, Line: 4 } && problem.Message.Contains("'vibe'"));
    }

    [Fact]
    public void A_file_with_every_mistake_at_once_loads_and_reports_each_with_its_line()
    {
        const string text = """
            ---
            name: 🤖 Kai (broken): really
            tools: [Read, prometheus, Bash
            zodiac: virgo
            ## Must-Answer
            - What are the SLOs?
            - Which SLIs?
            ## Collaboration
            - **Hand to**:
            """;

        var (document, problems) = PersonaParser.Parse("/x/file.md", text);

        Assert.Equal("kai-broken-really", document!.Persona.Id);
        Assert.Equal(["prometheus"], document.Persona.ToolGrants);
        Assert.Equal(["slo-observability", "slis"], document.Persona.MustAnswer.Select(question => question.Id));
        Assert.Equal([1, 2, 2, 3, 3, 4, 7], problems.Where(problem => problem.Line > 0).Select(problem => problem.Line).Order());
    }

    private static Persona Parse(string text) => PersonaParser.Parse("/x/file.md", text).Document!.Persona;
}
