using System.Text.Json;
using System.Text.RegularExpressions;
using SreAgent.Core.Skills;

namespace SreAgent.Runtime.Chat.BuiltIn;

internal sealed partial class ChangeFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } = [new("show change chg-7k2m9qx4ht", "what a ChangeRequest would do, and how it stands")];

    public Request? Recognise(string text) => Asked().Match(text) is { Success: true } match ? new ChangeShownRequest(match.Groups["id"].Value.ToLowerInvariant()) : null;

    [GeneratedRegex(@"^(show |what is |what about |how is )?(the )?(change |request )?(?<id>chg-[0-9a-z]+)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Asked();
}

internal sealed record ChangeShownRequest(string Id) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("host_show_change", ("id", Id)), step =>
    {
        var change = step.Result.Data;
        var approvals = ToolAnswer.Items(ToolAnswer.Child(change, "approvals")).Select(approval => $"{ToolAnswer.Text(approval, "approver")} via {ToolAnswer.Text(approval, "via")}").ToArray();
        return $"**{Id}** is {ToolAnswer.Text(change, "state")}: {ToolAnswer.Text(change, "summary")}\n"
            + $"\n- what: `{ToolAnswer.Text(change, "tool")}` {ToolAnswer.Text(change, "arguments")}"
            + $"\n- where: {ToolAnswer.Text(change, "environment")}, {ToolAnswer.Text(change, "target")}"
            + $"\n- now → wanted: {ToolAnswer.Text(change, "current")} → {ToolAnswer.Text(change, "wanted")}"
            + $"\n- blast radius: {ToolAnswer.Text(change, "blastRadius")}"
            + $"\n- asked by {ToolAnswer.Text(change, "requester")}, decides until {ToolAnswer.Text(change, "expiresAt")}"
            + (approvals.Length > 0 ? $"\n- approved by {string.Join(", ", approvals)}" : "")
            + (ToolAnswer.Text(change, "outcome") is { } outcome ? $"\n- outcome: {outcome}" : "");
    });
}

internal sealed partial class PagingFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("more", "goes on with the last large result"),
        new("page res-4q7d", "pages through a large result; `page res-4q7d from 8000` begins there"),
    ];

    public Request? Recognise(string text) =>
        More().IsMatch(text) ? new MoreRequest(Previous: null)
        : Page().Match(text) is { Success: true } page && (page.Groups["from"].Value.Length == 0 || int.TryParse(page.Groups["from"].Value, out _))
            ? new PageRequest(page.Groups["handle"].Value.ToLowerInvariant(), page.Groups["from"].Value.Length == 0 ? 0 : int.Parse(page.Groups["from"].Value))
        : null;

    [GeneratedRegex(@"^(more|next|go on|continue)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex More();

    [GeneratedRegex(@"^(page|show|read)( result)? (?<handle>res-[0-9a-z]+)( from (?<from>[0-9]{1,9}))?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex Page();
}

/// <param name="Previous">Absent when nothing has more to show.</param>
internal sealed record MoreRequest((string Handle, int Offset)? Previous) : Request
{
    public override Reply Next(Exchange exchange) => Previous is { } place
        ? new PageRequest(place.Handle, place.Offset).Next(exchange)
        : new Reply.Say("There is no large result to go on with.");
}

internal sealed record PageRequest(string Handle, int Offset) : Request
{
    public override Reply Next(Exchange exchange) => exchange.Once(PlannedCall.Of("host_read_result", ("handle", Handle), ("offset", Offset)), step =>
        $"```\n{ToolAnswer.Text(step.Result.Data, "text") ?? ToolAnswer.Text(step.Result.Document, "beginning")}\n```"
        + (ToolAnswer.Text(step.Result.Data, "nextOffset") is { } next ? $"\nSay `more`, or `page {Handle} from {next}`." : "\nThat is its end."));
}

internal sealed partial class PersonaFamily : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("list personas", "who can answer here, and when to ask whom"),
        new("show persona kai", "one of them in full"),
    ];

    public Request? Recognise(string text) =>
        List().IsMatch(text) ? new PersonasRequest(Persona: null)
        : One().Match(text) is { Success: true } one ? new PersonasRequest(one.Groups["name"].Value)
        : null;

    [GeneratedRegex(@"^(list |show |which |what )?(all )?(the )?personas( are there| do you have)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex List();

    [GeneratedRegex(@"^(show |describe |who is |about )?(the )?persona (?<name>[A-Za-z0-9_ -]+?)\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex One();
}

/// <param name="Persona">Absent for the list.</param>
internal sealed record PersonasRequest(string? Persona) : Request
{
    public override Reply Next(Exchange exchange) =>
        exchange.Once(Persona is null ? PlannedCall.Of("host_list_personas") : PlannedCall.Of("host_list_personas", ("persona", Persona)), step =>
            Wording.Cut(step.Result) ?? (Persona is null ? List(step.Result.Data) : One(step.Result.Data)));

    private static string List(JsonElement personas)
    {
        var all = ToolAnswer.Items(personas).ToArray();
        return $"{all.Length} personas:{Wording.List(all.Select(one => $"**{ToolAnswer.Text(one, "name")}** (`{ToolAnswer.Text(one, "id")}`): {ToolAnswer.Text(one, "description")}"), all.Length, 30)}\n\nSwitch with `/persona ID`, or start with `--persona ID`.";
    }

    private static string One(JsonElement one) =>
        $"**{ToolAnswer.Text(one, "name")}** (`{ToolAnswer.Text(one, "id")}`): {ToolAnswer.Text(one, "description")}"
        + Part(one, "whenToUse", "When to ask") + Part(one, "whenNotToUse", "When not") + Part(one, "handovers", "Hands over to")
        + Part(one, "mustAnswer", "Must answer", item => $"`{ToolAnswer.Text(item, "id")}`: {ToolAnswer.Text(item, "question")}")
        + Part(one, "priorities", "Priorities") + Part(one, "failureModes", "Avoids")
        + Part(one, "modes", "Modes", item => $"{ToolAnswer.Text(item, "name")}: {ToolAnswer.Text(item, "description")}")
        + Part(one, "skills", "Skills") + Part(one, "toolGrants", "Tools", item => $"`{item}`") + Part(one, "recommendedMcpServers", "Recommended MCP servers");

    private static string Part(JsonElement one, string name, string heading, Func<JsonElement, string>? word = null)
    {
        var items = ToolAnswer.Items(ToolAnswer.Child(one, name)).Select(item => word is null ? item.ToString() : word(item)).ToArray();
        return items.Length == 0 ? "" : $"\n\n{heading}:{Wording.List(items, items.Length, 30)}";
    }
}

internal sealed partial class SkillFamily(ISkillCatalogue skills) : IRequestFamily
{
    public IReadOnlyList<RequestExample> Examples { get; } =
    [
        new("skills", "what the agent knows how to do"),
        new("show skill git-worktree", "one skill's instructions"),
    ];

    public Request? Recognise(string text) =>
        List().IsMatch(text) ? new SkillsRequest([.. skills.All.Select(skill => $"`{skill.Name}`: {skill.Description}")])
        : One().Match(text) is { Success: true } one ? new SkillRequest(one.Groups["name"].Value.ToLowerInvariant(), one.Groups["file"].Value)
        : null;

    [GeneratedRegex(@"^(list |show |which |what )?(all )?(the )?skills( are there| do you have)?\s*[?.!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex List();

    [GeneratedRegex(@"^(show |read |describe )?(the )?skill (?<name>[A-Za-z0-9-]+)(\s+(?<file>[A-Za-z0-9_./-]+))?\s*[?!]*$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 500)]
    private static partial Regex One();
}

internal sealed record SkillsRequest(IReadOnlyList<string> Skills) : Request
{
    public override Reply Next(Exchange exchange) =>
        new Reply.Say(Skills.Count == 0 ? "There are no skills." : $"{Skills.Count} skills:{Wording.List(Skills, Skills.Count, 50)}\n\nSay `show skill NAME` to read one.");
}

/// <param name="File">A file beside the instructions; empty for the instructions.</param>
internal sealed record SkillRequest(string Name, string File) : Request
{
    public override Reply Next(Exchange exchange) =>
        exchange.Once(File.Length == 0 ? PlannedCall.Of("host_read_skill", ("name", Name)) : PlannedCall.Of("host_read_skill", ("name", Name), ("file", File)), step =>
            Wording.Cut(step.Result) ?? ToolAnswer.Text(step.Result.Data, "text") ?? step.Result.Data.ToString());
}
