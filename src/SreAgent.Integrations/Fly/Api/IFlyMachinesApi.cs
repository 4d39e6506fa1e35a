namespace SreAgent.Integrations.Fly.Api;

/// <summary>The Machines API, v1. A method an endpoint; a refusal throws unless the method returns it.</summary>
internal interface IFlyMachinesApi
{
    Task<IReadOnlyList<FlyApp>> AppsAsync(string organization, CancellationToken cancellationToken);

    /// <summary>What the tokens we send may see.</summary>
    Task<IReadOnlyList<FlyTokenInfo>> TokensAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<FlyMachine>> MachinesAsync(string app, CancellationToken cancellationToken);

    Task<FlyMachine> MachineAsync(string app, string machine, CancellationToken cancellationToken);

    /// <summary>Configurations it had, with the <c>instance_id</c> each went by.</summary>
    Task<IReadOnlyList<FlyMachineVersion>> VersionsAsync(string app, string machine, CancellationToken cancellationToken);

    /// <summary>Replaces the whole configuration; a running machine starts anew.</summary>
    Task<FlyReply<FlyMachine>> UpdateAsync(string app, string machine, FlyMachineUpdate update, string? nonce, CancellationToken cancellationToken);

    /// <summary>Makes a machine and starts it.</summary>
    Task<FlyReply<FlyMachine>> CreateAsync(string app, FlyMachineUpdate machine, CancellationToken cancellationToken);

    /// <summary>Removes a machine, running or not.</summary>
    Task<FlyReply<object>> DestroyAsync(string app, string machine, string? nonce, CancellationToken cancellationToken);

    Task<FlyReply<object>> RestartAsync(string app, string machine, string? nonce, CancellationToken cancellationToken);

    /// <summary>Waits until a version of a machine is in a state; a refusal with 408 says that it is not yet. At most 60 s, and less than a call may take.</summary>
    Task<FlyReply<FlyWait>> WaitAsync(string app, string machine, string version, string state, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>Takes a machine for ourselves, or, with a nonce, keeps it. A refusal with 409 says that somebody else has it.</summary>
    Task<FlyReply<FlyLease>> LeaseAsync(string app, string machine, FlyLeaseRequest lease, string? nonce, CancellationToken cancellationToken);

    /// <summary>Who has the machine.</summary>
    Task<FlyReply<FlyLease>> LeaseAsync(string app, string machine, CancellationToken cancellationToken);

    Task<FlyReply<object>> ReleaseAsync(string app, string machine, string nonce, CancellationToken cancellationToken);

    Task<IReadOnlyList<FlyVolume>> VolumesAsync(string app, CancellationToken cancellationToken);

    Task<FlyCertificates> CertificatesAsync(string app, CancellationToken cancellationToken);

    /// <summary>Names and digests; values are never asked for.</summary>
    Task<FlySecrets> SecretsAsync(string app, CancellationToken cancellationToken);

    /// <summary>Sets several at once. Machines get them when they are next updated.</summary>
    Task<FlyReply<FlySecrets>> SetSecretsAsync(string app, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken);

    Task<FlyRegions> RegionsAsync(CancellationToken cancellationToken);
}
