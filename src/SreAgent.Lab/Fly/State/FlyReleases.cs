using System.Text.Json.Nodes;

namespace SreAgent.Lab.Fly.State;

/// <summary>Release records: a note of what was deployed, which deploys nothing itself.</summary>
internal sealed class FlyReleases(FlyWorld world)
{
    public FlyRelease Create(string app, string image, string strategy, FlyCaller caller, JsonObject? definition = null)
    {
        lock (world.Access)
        {
            var application = world.App(app);
            if (world.Registry.Resolve(image) is null)
            {
                throw new FlyRefusalException(404, $"Could not find image \"{image}\"");
            }

            var release = application.Release(image, strategy, caller.User, "pending", world.Clock.GetUtcNow(), definition);
            world.Signal();
            caller.Changed($"/api/v1/releases/{release.Id}", $"created release v{release.Version} of {app}, {image}");
            return release;
        }
    }

    public FlyRelease Change(string id, string status, FlyCaller caller)
    {
        lock (world.Access)
        {
            var release = world.Apps.Values.SelectMany(app => app.Releases).FirstOrDefault(release => string.Equals(release.Id, id, StringComparison.Ordinal))
                ?? throw new FlyRefusalException(404, "release not found");
            if (status is not ("running" or "complete" or "failed" or "interrupted"))
            {
                throw new FlyRefusalException(422, $"status {status} is not one a release can have");
            }

            if (!string.Equals(release.Status, status, StringComparison.Ordinal))
            {
                release.Status = status;
                world.Signal();
                caller.Changed($"/api/v1/releases/{id}", $"release v{release.Version} of {release.App} is {status}");
            }

            return release;
        }
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<FlyRelease> Newest(string app, int limit)
    {
        lock (world.Access)
        {
            return [.. world.App(app).Releases.Reverse().Take(limit)];
        }
    }
}
