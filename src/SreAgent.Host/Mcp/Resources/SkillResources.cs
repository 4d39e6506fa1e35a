using ModelContextProtocol.Protocol;
using SreAgent.Core.Skills;

namespace SreAgent.Host.Mcp.Resources;

/// <summary><c>skill://deploy-fly/SKILL.md</c> and the files beside it.</summary>
internal sealed class SkillResources(ISkillCatalogue skills) : IResourceFamily
{
    private const string MainFile = "SKILL.md";

    public string Scheme => "skill";

    public TimeSpan FreshFor => TimeSpan.FromMinutes(1);

    public ResourceTemplate Template { get; } = new()
    {
        UriTemplate = "skill://{name}/{+file}",
        Name = "skill",
        Title = "Skill",
        Description = "How to do something: SKILL.md, or a file beside it.",
        MimeType = "text/markdown",
    };

    public Task<IReadOnlyList<Resource>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Resource>>([.. skills.All.SelectMany(Listed)]);

    public async Task<ResourceText?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (path.Split('/', 2) is not [var name, var file] || skills.Find(Uri.UnescapeDataString(name)) is not { } skill)
        {
            return null;
        }

        file = Uri.UnescapeDataString(file);
        if (string.Equals(file, MainFile, StringComparison.Ordinal))
        {
            return new ResourceText(skill.Body, "text/markdown");
        }

        // Only what the catalogue itself listed: it has already kept out whatever does not belong to the skill.
        return skill.Files.Contains(file, StringComparer.Ordinal) && await skills.ReadFileAsync(skill, file, cancellationToken) is { } text
            ? new ResourceText(text, TextFiles.MimeTypeOf(file))
            : null;
    }

    public Task<IReadOnlyList<string>> CompleteAsync(string variable, IReadOnlyDictionary<string, string> filled, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(variable switch
        {
            "name" => [.. skills.All.Select(skill => skill.Name)],
            "file" when filled.TryGetValue("name", out var name) && skills.Find(name) is { } skill => [MainFile, .. Beside(skill)],
            "file" => [MainFile],
            _ => [],
        });

    private static IEnumerable<Resource> Listed(Skill skill)
    {
        yield return new Resource
        {
            Uri = $"skill://{skill.Name}/{MainFile}",
            Name = skill.Name,
            Description = skill.Description,
            MimeType = "text/markdown",
        };
        foreach (var file in Beside(skill))
        {
            yield return new Resource
            {
                Uri = $"skill://{skill.Name}/{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}",
                Name = $"{skill.Name}/{file}",
                MimeType = TextFiles.MimeTypeOf(file),
            };
        }
    }

    private static IEnumerable<string> Beside(Skill skill) => skill.Files.Where(file => !string.Equals(file, MainFile, StringComparison.Ordinal));
}
