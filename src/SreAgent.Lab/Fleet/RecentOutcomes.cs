namespace SreAgent.Lab.Fleet;

/// <summary>How the requests of the last seconds went, for those who ask whether a service is well.</summary>
internal sealed class RecentOutcomes(TimeProvider clock)
{
    private const int Seconds = 10;

    private readonly Lock _gate = new();
    private readonly (long Second, int Total, int Bad)[] _buckets = new (long, int, int)[Seconds];

    public (int Total, int Bad) Count
    {
        get
        {
            var oldest = Now - Seconds;
            lock (_gate)
            {
                var recent = _buckets.Where(bucket => bucket.Second > oldest).ToArray();
                return (recent.Sum(bucket => bucket.Total), recent.Sum(bucket => bucket.Bad));
            }
        }
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    public void Add(bool good)
    {
        var now = Now;
        lock (_gate)
        {
            ref var bucket = ref _buckets[now % Seconds];
            if (bucket.Second != now)
            {
                bucket = (now, 0, 0);
            }

            bucket.Total++;
            bucket.Bad += good ? 0 : 1;
        }
    }
}
