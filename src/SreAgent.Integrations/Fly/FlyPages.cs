namespace SreAgent.Integrations.Fly;

/// <summary>Pages of Fly's dashboard. None when the addresses are not Fly's own and nothing says where its pages are.</summary>
internal sealed class FlyPages(FlyOptions options)
{
    private static readonly Uri Dashboard = new("https://fly.io/");

    private readonly Uri? _root = options.Connection?.ExternalUrl ?? (options.IsElsewhere ? null : Dashboard);

    public Uri? App(string app) => Page($"apps/{app}");

    public Uri? Releases(string app) => Page($"apps/{app}/activity");

    public Uri? Logs(string app) => Page($"apps/{app}/monitoring");

    private Uri? Page(string path) => _root is null ? null : new Uri(_root, path);
}
