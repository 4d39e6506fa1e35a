using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using SreAgent.Core.Skills;
using SreAgent.Host.Terminal;
using SreAgent.Host.Terminal.Markdown;

namespace SreAgent.Host.Commands.Documents;

/// <summary><c>skills list | show | check</c>.</summary>
internal sealed class SkillsCommand : IHostCommand
{
    public Command Build(CommandHost host) =>
        new Command("skills", "What it knows how to do") { List(host), Show(host), CheckDocuments.Build<ISkillFileCheck>(host, "skill") };

    private static Command List(CommandHost host)
    {
        var json = CommonOptions.Json();
        var command = new Command("list", "Every skill") { json };
        host.SetAction(command, (services, parse, _) =>
        {
            var skills = services.GetRequiredService<ISkillCatalogue>().All;
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, skills.Select(skill => new { skill.Name, skill.Description, skill.Path, skill.AllowedTools, skill.Files }));
            }
            else
            {
                TextTable.Write(host.Console, ["name", "what for"], [.. skills.Select(skill => new[] { skill.Name, skill.Description })]);
            }

            return Task.FromResult(ExitStatus.Fine);
        });
        return command;
    }

    private static Command Show(CommandHost host)
    {
        var name = new Argument<string>("NAME");
        var json = CommonOptions.Json();
        var command = new Command("show", "One skill: its instructions and files") { name, json };
        host.SetAction(command, (services, parse, _) =>
        {
            var catalogue = services.GetRequiredService<ISkillCatalogue>();
            var given = parse.GetRequiredValue(name);
            var skill = catalogue.Find(given)
                ?? throw new UsageException($"There is no skill '{given}'.{Closest.Hint(given, catalogue.All.Select(known => known.Name))}");
            if (parse.GetValue(json))
            {
                JsonOutput.Write(host.Console, skill);
                return Task.FromResult(ExitStatus.Fine);
            }

            var files = skill.Files.Count == 0 ? "" : $"\n\nFiles: {string.Join(", ", skill.Files.Select(file => $"`{file}`"))}";
            var page = $"# {skill.Name}\n\n{skill.Description}\n\n---\n\n{skill.Body}{files}\n\nread from {skill.Path}";
            foreach (var line in new MarkdownRenderer(new Ink(host.Console.Colour), host.Console.Width).Render(page))
            {
                host.Console.Out.WriteLine(line);
            }

            return Task.FromResult(ExitStatus.Fine);
        });
        return command;
    }
}
