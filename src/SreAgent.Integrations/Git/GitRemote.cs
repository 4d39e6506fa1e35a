namespace SreAgent.Integrations.Git;

/// <summary>
/// A remote, and what git is given to reach it: no command line and no variable holds a secret; a token is read from its file by a
/// helper that answers for this one host only.
/// </summary>
/// <param name="name">As policy names it.</param>
/// <param name="repository">Its settings.</param>
/// <param name="address">Where it is.</param>
internal sealed class GitRemote(string name, RepositoryOptions repository, RemoteAddress address)
{
    /// <summary>For calls that talk to nobody.</summary>
    public const string NoSsh = "false";

    private const string Ssh =
        "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o PermitLocalCommand=no -o ProxyCommand=none -o ForwardAgent=no -o ClearAllForwardings=yes";

    // Ours from end to end: what varies comes in by variables that the shell does not interpret.
    private const string ReadsTheFile =
        """!f() { test "$1" = get || exit 0; IFS= read -r token < "$SRE_AGENT_TOKEN_FILE" || test -n "$token" || exit 1; printf 'username=%s\npassword=%s\n' "$SRE_AGENT_USERNAME" "$token"; }; f""";

    public string Name => name;

    public RemoteAddress Address => address;

    public string SshCommand => repository.SshKeyFile is { } key ? $"{Ssh} -o IdentitiesOnly=yes -i {Quoted(key)}" : Ssh;

    public IEnumerable<string> Configuration
    {
        get
        {
            var helper = !address.MayCarryCredentials ? null
                : repository.TokenFile is not null ? ReadsTheFile
                : repository.CredentialHelperFile is { } program ? $"!{Quoted(program)}"
                : null;
            return helper is null ? [] : ["-c", $"credential.{address.Origin}.helper={helper}"];
        }
    }

    public IEnumerable<KeyValuePair<string, string>> Environment =>
        repository.TokenFile is { } file && address.MayCarryCredentials
            ? [new("SRE_AGENT_TOKEN_FILE", file), new("SRE_AGENT_USERNAME", repository.Username)]
            : [];

    /// <summary>One word for the shell that git itself asks to run a helper.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
