using ModelContextProtocol.Protocol;
using SreAgent.Core.Catalogue;

namespace SreAgent.Host.Mcp.Resources;

/// <summary><c>runbook://checkout</c>: the runbook of a service, where it is a file on this machine.</summary>
internal sealed class RunbookResources(IServiceCatalogue services, RunbookFolders folders) : IResourceFamily
{
    public string Scheme => "runbook";

    public TimeSpan FreshFor => TimeSpan.FromMinutes(1);

    public ResourceTemplate Template { get; } = new()
    {
        UriTemplate = "runbook://{service}",
        Name = "runbook",
        Title = "Runbook",
        Description = "What to do when a service misbehaves.",
        MimeType = "text/markdown",
    };

    public Task<IReadOnlyList<Resource>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Resource>>([.. Readable().Select(runbook => new Resource
        {
            Uri = $"runbook://{Uri.EscapeDataString(runbook.Service.Name)}",
            Name = $"{runbook.Service.Name} runbook",
            Description = $"Runbook of {runbook.Service.Name} ({runbook.Service.Environment}).",
            MimeType = TextFiles.MimeTypeOf(runbook.File),
        })]);

    public async Task<ResourceText?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (services.Find(Uri.UnescapeDataString(path.TrimEnd('/'))) is not { } service || folders.Find(service.Runbook) is not { } file)
        {
            return null;
        }

        try
        {
            return new ResourceText(await File.ReadAllTextAsync(file, cancellationToken), TextFiles.MimeTypeOf(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public Task<IReadOnlyList<string>> CompleteAsync(string variable, IReadOnlyDictionary<string, string> filled, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>([.. Readable().Select(runbook => runbook.Service.Name)]);

    private IEnumerable<(Service Service, string File)> Readable() =>
        services.All.Select(service => (service, file: folders.Find(service.Runbook)))
            .Where(runbook => runbook.file is not null)
            .Select(runbook => (runbook.service, runbook.file!)); // null was just filtered out
}
