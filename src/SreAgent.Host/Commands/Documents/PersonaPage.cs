using System.Text;
using SreAgent.Core.Personas;

namespace SreAgent.Host.Commands.Documents;

/// <summary>A persona as a page of Markdown: what the host took from its file, then the file's own words.</summary>
internal static class PersonaPage
{
    public static string Of(Persona persona)
    {
        var page = new StringBuilder($"# {persona.Name} ({persona.Id})\n\n{persona.Description}\n\n");
        Add("Use it when", persona.WhenToUse);
        Add("Not when", persona.WhenNotToUse);
        Add("Hands over", persona.Handovers.Select(handover => $"to {handover.To}: {handover.For}"));
        Add("Must answer", persona.MustAnswer.Select(question => $"`{question.Id}` {question.Question}"));
        Add("Modes", persona.Modes.Select(mode => $"**{mode.Name}** {mode.Description}"));
        Add("Tools it holds", persona.ToolGrants.Select(grant => $"`{grant}`").DefaultIfEmpty("none"));
        Add("Skills", persona.Skills);
        Add("Recommended MCP servers", persona.RecommendedMcpServers.Select(server => $"{server.Server}: {server.Purpose}"));
        return page.Append($"\n---\n\n{persona.Instructions}\n\nread from {persona.Path}\n").ToString();

        void Add(string heading, IEnumerable<string> items)
        {
            var lines = items.ToArray();
            if (lines.Length > 0)
            {
                page.Append($"\n## {heading}\n\n").AppendJoin('\n', lines.Select(line => $"- {line}")).Append('\n');
            }
        }
    }
}
