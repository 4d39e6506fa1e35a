using System.Text.Json.Nodes;

namespace SreAgent.Lab.Grafana.Routes;

/// <summary>Health, search, dashboards, folders, who one is.</summary>
internal static class DashboardRoutes
{
    private const int DefaultLimit = 1000;
    private const string Written = "2026-01-01T00:00:00Z";

    public static void Map(GrafanaMap map) => map
        .On("GET", "/api/health", call => new { database = "ok", version = call.World.Seed.Version, commit = "lab" })
        .On("GET", "/api/org", _ => new { id = 1, name = "Lab", address = new { address1 = "", address2 = "", city = "", zipCode = "", state = "", country = "" } })
        .On("GET", "/api/search", Search)
        .On("GET", "/api/dashboards/uid/{uid}", Dashboard)
        .On("GET", "/api/folders", call => call.World.Folders.Select(title => new { id = call.World.FolderId(title), uid = call.World.FolderUid(title), title }).ToArray())
        .On("GET", "/api/folders/{uid}", Folder);

    public static GrafanaDashboardSeed Found(GrafanaCall call) =>
        call.World.Seed.Dashboards.FirstOrDefault(known => known.Uid == call.Value("uid")) ?? throw GrafanaRefusal.NotFound("Dashboard");

    private static object Search(GrafanaCall call)
    {
        var world = call.World;
        var dashboards = world.Seed.Dashboards.Select((dashboard, i) => (Hit: DashboardHit(world, dashboard, i + 1), dashboard.Title, dashboard.Tags, dashboard.Uid, Type: "dash-db", dashboard.Folder));
        var folders = world.Folders.Select(title => (Hit: FolderHit(world, title), Title: title, Tags: (IReadOnlyList<string>)[], Uid: world.FolderUid(title), Type: "dash-folder", Folder: (string?)null));
        var (tags, uids, inFolders) = (call.QueryAll("tag"), call.QueryAll("dashboardUIDs"), call.QueryAll("folderUIDs"));
        var limit = (int)Math.Clamp(call.QueryNumber("limit") ?? DefaultLimit, 1, 5000);
        return folders.Concat(dashboards)
            .Where(one => call.Query("query") is not { } words || one.Title.Contains(words, StringComparison.OrdinalIgnoreCase))
            .Where(one => call.Query("type") is not { Length: > 0 } type || one.Type == type)
            .Where(one => tags.All(tag => one.Tags.Contains(tag)))
            .Where(one => uids.Count == 0 || uids.Contains(one.Uid))
            .Where(one => inFolders.Count == 0 || (one.Folder is { } folder && inFolders.Contains(world.FolderUid(folder))))
            .Where(_ => call.Query("starred") is not "true")
            .OrderBy(one => one.Title, StringComparer.OrdinalIgnoreCase)
            .Skip(limit * (int)(Math.Max(call.QueryNumber("page") ?? 1, 1) - 1)).Take(limit)
            .Select(one => one.Hit).ToArray();
    }

    private static JsonObject DashboardHit(GrafanaWorld world, GrafanaDashboardSeed dashboard, int id)
    {
        var hit = new JsonObject
        {
            ["id"] = id,
            ["uid"] = dashboard.Uid,
            ["title"] = dashboard.Title,
            ["uri"] = $"db/{Slug(dashboard.Title)}",
            ["url"] = Path(dashboard),
            ["slug"] = "",
            ["type"] = "dash-db",
            ["tags"] = new JsonArray([.. dashboard.Tags.Select(tag => (JsonNode)tag)]),
            ["isStarred"] = false,
            ["sortMeta"] = 0,
        };
        if (dashboard.Folder is { } folder)
        {
            hit["folderId"] = world.FolderId(folder);
            hit["folderUid"] = world.FolderUid(folder);
            hit["folderTitle"] = folder;
            hit["folderUrl"] = $"/dashboards/f/{world.FolderUid(folder)}/{Slug(folder)}";
        }

        return hit;
    }

    private static JsonObject FolderHit(GrafanaWorld world, string title) => new()
    {
        ["id"] = 1000 + world.FolderId(title),
        ["uid"] = world.FolderUid(title),
        ["title"] = title,
        ["uri"] = $"db/{Slug(title)}",
        ["url"] = $"/dashboards/f/{world.FolderUid(title)}/{Slug(title)}",
        ["slug"] = "",
        ["type"] = "dash-folder",
        ["tags"] = new JsonArray(),
        ["isStarred"] = false,
        ["sortMeta"] = 0,
    };

    private static object Dashboard(GrafanaCall call)
    {
        var dashboard = Found(call);
        return new
        {
            meta = new
            {
                type = "db",
                canSave = call.Token is { MayWrite: true },
                canEdit = call.Token is { MayWrite: true },
                canAdmin = false,
                canStar = false,
                canDelete = false,
                slug = Slug(dashboard.Title),
                url = Path(dashboard),
                expires = "0001-01-01T00:00:00Z",
                created = Written,
                updated = Written,
                updatedBy = "lab",
                createdBy = "lab",
                version = 1,
                hasAcl = false,
                isFolder = false,
                folderId = dashboard.Folder is { } folder ? call.World.FolderId(folder) : 0,
                folderUid = dashboard.Folder is { } inside ? call.World.FolderUid(inside) : "",
                folderTitle = dashboard.Folder ?? "General",
                folderUrl = dashboard.Folder is { } there ? $"/dashboards/f/{call.World.FolderUid(there)}/{Slug(there)}" : "",
                provisioned = true,
                provisionedExternalId = $"{dashboard.Uid}.json",
            },
            dashboard = DashboardDocument.Of(dashboard, call.World.Seed.DataSource),
        };
    }

    private static object Folder(GrafanaCall call)
    {
        var title = call.World.Folders.FirstOrDefault(known => call.World.FolderUid(known) == call.Value("uid")) ?? throw GrafanaRefusal.NotFound("folder");
        var uid = call.World.FolderUid(title);
        return new { id = call.World.FolderId(title), uid, title, url = $"/dashboards/f/{uid}/{Slug(title)}", hasAcl = false, canSave = false, canEdit = false, canAdmin = false, created = Written, updated = Written, version = 1 };
    }

    private static string Path(GrafanaDashboardSeed dashboard) => $"/d/{dashboard.Uid}/{Slug(dashboard.Title)}";

    private static string Slug(string title) => new([.. title.ToLowerInvariant().Select(character => char.IsAsciiLetterOrDigit(character) ? character : '-')]);
}
